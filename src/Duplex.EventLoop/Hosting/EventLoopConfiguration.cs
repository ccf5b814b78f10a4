using Duplex.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.EventLoop.Hosting;

/// <summary>Binds the options of the event loops to the host's configuration, if there is one, and validates them.</summary>
internal sealed class EventLoopConfiguration(IServiceProvider services) : IConfigureOptions<EventLoopOptions>, IValidateOptions<EventLoopOptions>
{
    private const string Section = "Duplex:EventLoops";

    public void Configure(EventLoopOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(Section) is not { } section) return;
        var faults = new OptionFaults(Section);
        new OptionBinder(path => At(path).Value, path => At(path).GetChildren().Select(static child => child.Key), faults).Bind(options);
        if (faults.Messages.Count > 0) throw new OptionsValidationException(Options.DefaultName, typeof(EventLoopOptions), faults.Messages);

        IConfigurationSection At(string path) => path.Length == 0 ? section : section.GetSection(path);
    }

    public ValidateOptionsResult Validate(string? name, EventLoopOptions options)
    {
        var faults = new OptionFaults(Section);
        options.Check(faults);
        return faults.Messages.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Messages);
    }
}
