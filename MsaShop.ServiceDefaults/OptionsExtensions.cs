using Microsoft.Extensions.DependencyInjection;

namespace MsaShop.ServiceDefaults;

/// <summary>Options of features.</summary>
public static class OptionsExtensions
{
    /// <summary>Binds options to a configuration section. The service does not start if an attribute finds them invalid.</summary>
    public static IServiceCollection AddValidatedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
