using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Grpc;
using Google.Protobuf.WellKnownTypes;
using HealthStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using Message = Aspire.Hosting.Dashboard.Grpc.Resource;

namespace Aspire.Hosting.Dashboard;

/// <summary>Says what is known of a resource in the dashboard's words.</summary>
internal static class ResourceMessages
{
    /// <param name="resource">What has changed, with its state now.</param>
    /// <param name="mask">Hides secrets in the values.</param>
    public static Message ToMessage(this ResourceEvent resource, Func<string, string> mask)
    {
        var snapshot = resource.Snapshot;
        var message = new Message
        {
            Name = resource.ResourceId,
            Uid = resource.ResourceId,
            DisplayName = resource.Resource.Name,
            ResourceType = snapshot.ResourceType,
            IsHidden = snapshot.IsHidden || snapshot.State?.Text == KnownResourceStates.Hidden,
            SupportsDetailedTelemetry = true,
            CreatedAt = ToTimestamp(snapshot.CreationTimeStamp),
            StartedAt = ToTimestamp(snapshot.StartTimeStamp),
            StoppedAt = ToTimestamp(snapshot.StopTimeStamp),
        };

        if (snapshot.State is { } state)
        {
            message.State = state.Text;
            if (!string.IsNullOrEmpty(state.Style))
            {
                message.StateStyle = state.Style;
            }
        }

        if (snapshot.IconName is { } icon)
        {
            message.IconName = icon;
            message.IconVariant = ToMessage(snapshot.IconVariant);
        }

        message.Environment.AddRange(snapshot.EnvironmentVariables.Select(variable => ToMessage(variable, mask)));
        message.Commands.AddRange(snapshot.Commands.Select(ToMessage));
        message.Properties.AddRange(snapshot.Properties.Select(property => ToMessage(property, mask)));
        if (snapshot.HealthStatus is { } health)
        {
            message.Properties.Add(
                new ResourceProperty
                {
                    Name = KnownProperties.Resource.HealthState,
                    Value = Value.ForString(health.ToString()),
                }
            );
        }

        message.Urls.AddRange(snapshot.Urls.Select(ToMessage));
        message.Volumes.AddRange(
            snapshot.Volumes.Select(volume => new Grpc.Volume
            {
                Source = volume.Source ?? "",
                Target = volume.Target,
                MountType = volume.MountType,
                IsReadOnly = volume.IsReadOnly,
            })
        );
        message.HealthReports.AddRange(snapshot.HealthReports.Select(ToMessage));
        message.Relationships.AddRange(
            snapshot
                .Relationships.Distinct()
                .Select(relationship => new Grpc.ResourceRelationship
                {
                    ResourceName = relationship.ResourceName,
                    Type = relationship.Type,
                })
        );
        return message;
    }

    private static Grpc.EnvironmentVariable ToMessage(EnvironmentVariableSnapshot variable, Func<string, string> mask)
    {
        var message = new Grpc.EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        if (variable.Value is { } value)
        {
            message.Value = mask(value);
        }

        return message;
    }

    private static ResourceProperty ToMessage(ResourcePropertySnapshot property, Func<string, string> mask)
    {
        var message = new ResourceProperty
        {
            Name = property.Name,
            // The dashboard hides what is sensitive until its user asks to see it, such as the generated passwords.
            Value = ToValue(property.Value, property.IsSensitive ? value => value : mask),
            IsSensitive = property.IsSensitive,
            IsHighlighted = property.IsHighlighted,
        };
        if (property.DisplayName is { } name)
        {
            message.DisplayName = name;
        }

        if (property.SortOrder is { } order)
        {
            message.SortOrder = order;
        }

        return message;
    }

    private static Value ToValue(object? value, Func<string, string> mask) =>
        value switch
        {
            null => Value.ForNull(),
            string text => Value.ForString(mask(text)),
            bool flag => Value.ForBool(flag),
            // The dashboard reads numbers as text.
            IFormattable number => Value.ForString(number.ToString(null, CultureInfo.InvariantCulture)),
            IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(item => ToValue(item, mask))]),
            _ => Value.ForString(mask(value.ToString() ?? "")),
        };

    private static Grpc.Url ToMessage(UrlSnapshot url)
    {
        var message = new Grpc.Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new UrlDisplayProperties
            {
                DisplayName = url.DisplayProperties.DisplayName,
                SortOrder = url.DisplayProperties.SortOrder,
            },
        };
        if (url.Name is { } endpoint)
        {
            message.EndpointName = endpoint;
        }

        return message;
    }

    private static HealthReport ToMessage(HealthReportSnapshot report)
    {
        var message = new HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = ToTimestamp(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                HealthStatus.Healthy => Grpc.HealthStatus.Healthy,
                HealthStatus.Degraded => Grpc.HealthStatus.Degraded,
                _ => Grpc.HealthStatus.Unhealthy,
            };
        }

        return message;
    }

    private static Grpc.ResourceCommand ToMessage(ResourceCommandSnapshot command)
    {
        var message = new Grpc.ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = command.State switch
            {
                ApplicationModel.ResourceCommandState.Enabled => Grpc.ResourceCommandState.Enabled,
                ApplicationModel.ResourceCommandState.Disabled => Grpc.ResourceCommandState.Disabled,
                _ => Grpc.ResourceCommandState.Hidden,
            },
        };
        if (command.ConfirmationMessage is { } confirmation)
        {
            message.ConfirmationMessage = confirmation;
        }

        if (command.DisplayDescription is { } description)
        {
            message.DisplayDescription = description;
        }

        if (command.IconName is { } icon)
        {
            message.IconName = icon;
            message.IconVariant = ToMessage(command.IconVariant);
        }

        return message;
    }

    private static Grpc.IconVariant ToMessage(ApplicationModel.IconVariant? variant) =>
        variant is ApplicationModel.IconVariant.Filled ? Grpc.IconVariant.Filled : Grpc.IconVariant.Regular;

    private static Timestamp? ToTimestamp(DateTime? time) =>
        time is { } value ? Timestamp.FromDateTime(value.ToUniversalTime()) : null;
}
