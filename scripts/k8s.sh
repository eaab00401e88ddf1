#!/usr/bin/env bash
# Generates what the cluster needs: manifests, images, secrets.
. scripts/lib.sh
. scripts/machine.sh

k8s_usage() {
  cat <<'TEXT'
usage: ./shop k8s <command>

  generate [--registry R] [--tag T] [--output FOLDER] [--no-build]
           write aspirate-output/base from the AppHost, with Aspirate; R defaults to registry.example.com/msa-shop
  images   --registry R --tag T [--aspnet-image I] [--node-image I] [--nginx-image I]
           build all six images and push them; the images they are built on can be a mirror's
  secrets  [--directory FOLDER]
           create the secrets that the cluster lacks, or write them to files, for you to seal

docs/on-prem.md tells the whole way.
TEXT
}

# Reads "--name value" pairs, and "--no-build", into the caller's variables. The first argument lists the valid options.
k8s_options() {
  local allowed=" $1 " name
  shift
  while [ $# -gt 0 ]; do
    name=${1#--}
    if [ "$name" = "$1" ] || [[ $allowed != *" $name "* ]]; then
      fail "'$1' is not an option of ./shop k8s $command"
    fi
    if [ "$name" = no-build ]; then
      build=false
      shift
      continue
    fi
    [ -n "${2:-}" ] || fail "$1 wants a value"
    printf -v "${name//-/_}" %s "$2"
    shift 2
  done
  [ "${tag:-}" != latest ] || fail "an image that is called 'latest' cannot be rolled back to: give --tag a version"
}

k8s_generate() {
  local registry=registry.example.com/msa-shop tag=1.0.0 output=aspirate-output/base build=true
  k8s_options 'registry tag output no-build' "$@"
  require_dotnet
  require_node
  require_kubectl
  local manifest=MsaShop.AppHost/aspirate/aspire-manifest.json
  if [ "$build" = true ]; then
    step "Building the AppHost" dotnet build MsaShop.AppHost -v quiet
    if [ "$(dotnet msbuild MsaShop.AppHost -getProperty:AspirateProgram)" = aspirate ]; then
      set_up aspirate
    fi
  fi
  # A launch profile would set the Development environment.
  step "Writing the manifest" dotnet run --project MsaShop.AppHost --no-build --no-launch-profile -- \
    --operation publish --publisher manifest --output-path "$PWD/$manifest"
  # Generates beside the existing output, which stays unchanged if this fails or something is missing.
  local rendered found
  rendered=$(mktemp -d)
  step "Generating $output" k8s_render
  if ! found=$(node MsaShop.AppHost/aspirate/check.mjs "$manifest" "$rendered"); then
    rm -rf "$rendered" "$manifest"
    fail "$found; $output stays as it was"
  fi
  say "$found"
  rm -f "$manifest"
  rm -rf "$output"
  mkdir -p "$output"
  cp -R "$rendered/." "$output"
  rm -rf "$rendered"
}

# Aspirate writes values into files, so it gets no secrets: each secret parameter is passed as $(NAME), and Kubernetes
# substitutes the Secret's value at run time.
k8s_render() (
  local name value parameters=() aspirate
  # The package feed decides whether this is Aspirate or its stand-in.
  aspirate=$(dotnet msbuild MsaShop.AppHost -getProperty:AspirateProgram)
  cd MsaShop.AppHost/aspirate
  # shellcheck disable=SC2016 # Kubernetes expands these.
  while IFS= read -r name; do
    case $name in
      mysql-*) value='$(ROOT_PASSWORD)' ;;
      *db-password) value='$(DATABASE_PASSWORD)' ;;
      *-svc-signing-key) value='$(SERVICE_SIGNING_KEY)' ;;
      *) value="\$($(tr a-z- A-Z_ <<<"$name"))" ;;
    esac
    parameters+=(-pa "$name=$value")
  done < <(node -p 'Object.entries(JSON.parse(fs.readFileSync("aspire-manifest.json")).resources)
    .filter(([, resource]) => resource.type === "parameter.v0").map(([name]) => name).join("\n")')
  # Aspirate writes its settings there or, if there is no such folder, into this one.
  mkdir -p "${XDG_DATA_HOME:-$HOME/.local/share}"
  dotnet "$aspirate" settings update-checks disable
  dotnet "$aspirate" generate --non-interactive --skip-build --disable-state --disable-secrets -m ./aspire-manifest.json \
    --image-pull-policy IfNotPresent --namespace msa-shop --include-dashboard false --output-format kustomize \
    -cr "$registry" -ct "$tag" "${parameters[@]}" -o "$rendered"
)

# Finds a program that builds images from a Dockerfile; buildah needs no running engine.
image_builder() {
  container_runtime || { have buildah && echo buildah; }
}

k8s_images() {
  local registry='' tag='' aspnet_image='' node_image='' nginx_image='' service project builder='' npm_registry
  k8s_options 'registry tag aspnet-image node-image nginx-image' "$@"
  if [ -z "$registry" ] || [ -z "$tag" ]; then fail "say where to and which version: ./shop k8s images --registry R --tag T"; fi
  require_dotnet
  require_node
  builder=$(image_builder) || say "Neither Docker, Podman nor Buildah is here: the storefront's image will be missing"
  local host=${registry%%/*} prefix=''
  [ "$host" = "$registry" ] || prefix=${registry#*/}/
  # The SDK pushes by itself. services/Directory.Build.props describes the images.
  while read -r service project; do
    step "Pushing $registry/$service:$tag" dotnet publish "services/$project" -t:PublishContainer -c Release --os linux \
      -p:ContainerRegistry="$host" -p:ContainerRepository="$prefix$service" -p:ContainerImageTag="$tag" \
      ${aspnet_image:+-p:ContainerBaseImage="$aspnet_image"}
  done <<'SERVICES'
gateway-svc Gateway
user-svc UserService
product-svc ProductService
order-svc OrderService
payment-svc PaymentService
SERVICES
  [ -n "$builder" ] || fail "the services are pushed; the storefront's image needs Docker, Podman or Buildah: run this again where one is"
  npm_registry=$(cd frontend && npm config get registry)
  step "Building $registry/frontend-svc:$tag" "$builder" build --tag "$registry/frontend-svc:$tag" \
    --build-arg NPM_CONFIG_REGISTRY="$npm_registry" \
    ${node_image:+--build-arg NODE_IMAGE="$node_image"} ${nginx_image:+--build-arg NGINX_IMAGE="$nginx_image"} frontend
  step "Pushing $registry/frontend-svc:$tag" "$builder" push "$registry/frontend-svc:$tag"
}

k8s_secrets() {
  local directory=''
  k8s_options directory "$@"
  require_node
  [ -n "$directory" ] || have kubectl || fail "kubectl is missing; --directory FOLDER writes files instead"
  node MsaShop.AppHost/aspirate/secrets.mjs ${directory:+"$directory"}
}

k8s() {
  local command=${1:-help}
  [ $# -eq 0 ] || shift
  case $command in
    generate | images | secrets) "k8s_$command" "$@" ;;
    help | -h | --help) k8s_usage ;;
    *)
      k8s_usage >&2
      fail "there is no command 'k8s $command'"
      ;;
  esac
}

k8s "$@"
