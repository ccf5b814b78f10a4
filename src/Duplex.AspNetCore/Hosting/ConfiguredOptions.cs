using System.Diagnostics.CodeAnalysis;
using Duplex.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Binds options to a section of the host's configuration, if it has one, and validates them.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
internal sealed class ConfiguredOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    IServiceProvider services, Func<string?, string> sectionOf, Action<TOptions, OptionBinder> bind, Action<TOptions, OptionFaults> check)
    : IConfigureNamedOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    /// <summary>Registers the binding once, before the application's own configure actions, so that code overrides configuration.</summary>
    public static void AddTo(
        IServiceCollection services, Func<string?, string> sectionOf, Action<TOptions, OptionBinder> bind, Action<TOptions, OptionFaults> check)
    {
        if (services.Any(static service => service.ServiceType == typeof(ConfiguredOptions<TOptions>))) return;
        services.AddSingleton(provider => new ConfiguredOptions<TOptions>(provider, sectionOf, bind, check));
        services.AddSingleton<IConfigureOptions<TOptions>>(static provider => provider.GetRequiredService<ConfiguredOptions<TOptions>>());
        services.AddSingleton<IValidateOptions<TOptions>>(static provider => provider.GetRequiredService<ConfiguredOptions<TOptions>>());
        services.AddOptions<TOptions>().ValidateOnStart();
    }

    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, TOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(sectionOf(name)) is not { } section) return;
        var faults = new OptionFaults(section.Path);
        bind(options, new OptionBinder(path => At(path).Value, path => At(path).GetChildren().Select(static child => child.Key), faults));
        if (faults.Messages.Count > 0) throw new OptionsValidationException(name ?? Options.DefaultName, typeof(TOptions), faults.Messages);

        IConfigurationSection At(string path) => path.Length == 0 ? section : section.GetSection(path);
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = new OptionFaults(sectionOf(name));
        check(options, faults);
        return faults.Messages.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Messages);
    }
}
