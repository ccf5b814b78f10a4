using System.Reflection;
using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.Configuration;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Tests.Application;

/// <summary>The options in one section of configuration.</summary>
/// <param name="Section">The section below <c>Duplex</c>.</param>
/// <param name="Bind">Creates the options with what configuration sets; they are not validated.</param>
/// <param name="Others">What the section needs so that its options are read, or validated.</param>
internal sealed record OptionGroup(string Section, Func<IServiceProvider, object> Bind, params (string Key, string Value)[] Others)
{
    public static IReadOnlyList<OptionGroup> All { get; } =
    [
        new("Hub", Root<HubOptions>),
        new("Hub:PersonalChannel", static services => Root<HubOptions>(services).PersonalChannel),
        new("Hub:Namespaces:chat", static services => Root<HubOptions>(services).Namespaces["chat"], ("Hub:Namespaces:chat:AllowDelta", "false")),
        new(
            "Hub:Namespaces:board:Map", static services => Root<HubOptions>(services).Namespaces["board"].Map,
            ("Hub:Namespaces:board:SubscriptionType", "Map"), ("Hub:Namespaces:board:Map:KeyTtl", "00:01:00")),
        new("Hub:Namespaces:poll:SharedPoll", static services => Root<HubOptions>(services).Namespaces["poll"].SharedPoll, ("Hub:Namespaces:poll:SubscriptionType", "SharedPoll")),
        new("Transports", Root<TransportOptions>),
        new("Transports:Compression", static services => Root<TransportOptions>(services).Compression!, ("Transports:Compression:Level", "1")),
        .. new TransportOptions().Endpoints.SelectMany(static endpoint => Endpoint(endpoint.Name)),
        new("EventLoops", Root<EventLoopOptions>),
        new("Tokens", Root<TokenOptions>),
        new("Tokens:Subscriptions", static services => Root<TokenOptions>(services, "Subscriptions")),
        new("Api", Root<ApiOptions>),
        new("WebSockets", Root<WebSocketConnectionOptions>),
        new("WebSockets:Compression", static services => Root<WebSocketConnectionOptions>(services).Compression!, ("WebSockets:Compression:Level", "1")),
    ];

    /// <summary>The options of the group, with their defaults.</summary>
    public object Defaults { get; } = DefaultsOf(Bind, Others);

    public IEnumerable<PropertyInfo> Properties => Defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public IEnumerable<(PropertyInfo Property, OptionRangeAttribute Range)> Ranges =>
        from property in Properties
        let range = property.GetCustomAttribute<OptionRangeAttribute>()
        where range is not null
        select (property, range);

    /// <summary>Creates an application whose configuration has the values, and what the section needs.</summary>
    public WebApplication Build(params IEnumerable<(string Key, string Value)> values) =>
        Build([.. values.Select(value => ($"{Section}:{value.Key}", value.Value)).Concat(Others).DistinctBy(static pair => pair.Item1)]);

    private static object DefaultsOf(Func<IServiceProvider, object> bind, (string Key, string Value)[] others)
    {
        using var app = (IDisposable)Build(others);
        return bind(((WebApplication)app).Services);
    }

    private static WebApplication Build((string Key, string Value)[] values)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(values.Select(static value => KeyValuePair.Create($"Duplex:{value.Key}", (string?)value.Value)));
        builder.WebHost.UseKestrelCore().UseDuplexEventLoops();
        builder.Services.AddDuplex().AddTokens();
        return builder.Build();
    }

    private static IEnumerable<OptionGroup> Endpoint(string name) =>
    [
        new($"Transports:{name}", services => EndpointOf(services, name)),
        new($"Transports:{name}:Compression", services => EndpointOf(services, name).Compression!, ($"Transports:{name}:Compression:Level", "1")),
    ];

    private static ClientEndpointOptions EndpointOf(IServiceProvider services, string name) =>
        Root<TransportOptions>(services).Endpoints.Single(endpoint => endpoint.Name == name).Options;

    private static TOptions Root<TOptions>(IServiceProvider services)
        where TOptions : class, new() => Root<TOptions>(services, Microsoft.Extensions.Options.Options.DefaultName);

    private static TOptions Root<TOptions>(IServiceProvider services, string name)
        where TOptions : class, new()
    {
        var options = new TOptions();
        foreach (var configure in services.GetServices<IConfigureOptions<TOptions>>())
        {
            if (configure is IConfigureNamedOptions<TOptions> named) named.Configure(name, options);
            else configure.Configure(options);
        }

        return options;
    }
}
