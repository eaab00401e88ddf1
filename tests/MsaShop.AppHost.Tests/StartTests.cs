using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Reflection.Emit;
using Aspire.Hosting;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Tests;

/// <summary>What keeps the shop from starting is said in one line, before anything has started.</summary>
public sealed class StartTests : IDisposable
{
    private const string Process = "--Shop:Database=process";
    private const string RandomPorts = "--DcpPublisher:RandomizePorts=true";

    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("msa-shop-start-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));

    private string Data => $"--Shop:DataDirectory={_dataDirectory}";

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_dataDirectory, recursive: true);
    }

    [Fact]
    public async Task Names_every_port_that_is_taken_and_who_has_it()
    {
        using var first = TakeOrFindTaken(3306);
        using var second = TakeOrFindTaken(9090);

        var printed = await FailAsync(Process, Data);

        Assert.Contains("port 3306 of mysql-user is taken by ", printed, StringComparison.Ordinal);
        Assert.Contains("port 9090 of gateway-svc is taken by ", printed, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux() && first is not null)
        {
            Assert.Contains(
                $"3306 of mysql-user is taken by dotnet, pid {Environment.ProcessId};",
                printed.Replace("testhost", "dotnet", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Names_the_shop_that_uses_the_same_data()
    {
        using var other = new DataDirectoryClaim(_dataDirectory);

        var printed = await FailAsync(Process, Data, RandomPorts);

        Assert.Contains(
            $"Another shop, pid {Environment.ProcessId}, uses {_dataDirectory}",
            printed,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_data_can_be_used_again_once_the_shop_has_ended()
    {
        new DataDirectoryClaim(_dataDirectory).Dispose();
        new DataDirectoryClaim(_dataDirectory).Dispose();

        Assert.True(Directory.Exists(_dataDirectory));
    }

    [Theory]
    [InlineData("--Shop:Database=elsewhere", "Shop:Database is 'elsewhere'; it takes 'container' or 'process'.")]
    public async Task Names_a_setting_that_it_does_not_know(string argument, string message) =>
        Assert.Contains(message, await FailAsync(argument, Data), StringComparison.Ordinal);

    [Fact]
    public void Names_a_program_that_a_package_should_have_brought()
    {
        var missing = Path.Combine(_dataDirectory, "dcp");
        var appHost = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Half"), AssemblyBuilderAccess.Run);
        appHost.SetCustomAttribute(
            new CustomAttributeBuilder(
                typeof(AssemblyMetadataAttribute).GetConstructor([typeof(string), typeof(string)])!,
                ["dcpclipath", missing]
            )
        );

        var failure = Assert.Throws<DistributedApplicationException>(() => StartChecks.CheckPrograms(appHost));

        Assert.Contains($"({missing} is missing)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet restore --force", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_programs_that_are_checked_are_those_that_the_build_notes_down()
    {
        var noted = typeof(StartChecks)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Select(metadata => metadata.Key)
            .ToArray();

        Assert.All(StartChecks.Programs, program => Assert.Contains(program, noted));
    }

    /// <summary>Starts the shop, which fails, and returns the one line that it says.</summary>
    private async Task<string> FailAsync(params string[] arguments)
    {
        using var appHost = new AppHostProcess(arguments);

        var printed = await appHost.ReadToEndAsync(_limit.Token);

        Assert.Equal(1, appHost.Process.ExitCode);
        var line = Assert.Single(printed.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Null where somebody else has the port, which is as good.</summary>
    private static TcpListener? TakeOrFindTaken(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            listener.Dispose();
            return null;
        }
    }
}
