using System.Diagnostics.CodeAnalysis;
using Duplex.Configuration;
using Microsoft.Extensions.Options;

namespace Showcase.Hosting;

/// <summary>Binds groups of options to sections of the configuration and validates them at start, as those of Duplex are.</summary>
public static class ShowcaseSections
{
    /// <summary>Registers a group. What code sets counts over configuration.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the section below <c>Showcase</c>.</param>
    /// <param name="check">Reports faults beside values out of range; null: there are none.</param>
    public static IServiceCollection AddSection<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services, string name, Action<TOptions, OptionFaults>? check = null)
        where TOptions : class
    {
        var path = $"Showcase:{name}";
        services.AddOptions<TOptions>().Configure<IConfiguration>((options, configuration) => Bind(options, configuration.GetSection(path))).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TOptions>>(new Validation<TOptions>(path, check));
    }

    private static void Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(TOptions options, IConfigurationSection section)
        where TOptions : class
    {
        var faults = new OptionFaults(section.Path);
        new OptionBinder(path => At(path).Value, path => At(path).GetChildren().Select(static child => child.Key), faults).Bind(options);
        if (faults.Messages.Count > 0) throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), faults.Messages);

        IConfigurationSection At(string path) => path.Length == 0 ? section : section.GetSection(path);
    }

    private sealed class Validation<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        string section, Action<TOptions, OptionFaults>? check) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = new OptionFaults(section);
            faults.CheckRanges(options);
            check?.Invoke(options, faults);
            return faults.Messages.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Messages);
        }
    }
}
