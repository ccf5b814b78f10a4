using System.Text.Json.Serialization.Metadata;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Configures the hub; extensions hang on it.</summary>
public sealed class DuplexBuilder
{
    internal DuplexBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services the hub is registered in.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a namespace, or changes one that was added.</summary>
    /// <param name="name">At least two of <c>a-z A-Z 0-9 - _</c>; empty for channels without a namespace.</param>
    /// <param name="configure">Sets its options.</param>
    public DuplexBuilder AddNamespace(string name, Action<NamespaceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(options =>
        {
            if (!options.Namespaces.TryGetValue(name, out var ns)) options.Namespaces[name] = ns = new NamespaceOptions();
            configure(ns);
        });
    }

    /// <summary>Registers source-generated JSON for the messages of handlers and publications.</summary>
    public DuplexBuilder AddJsonContext(IJsonTypeInfoResolver context) =>
        Configure(options => options.Json.TypeInfoResolverChain.Add(context));

    /// <summary>Changes what the client endpoints allow, such as the origins of pages.</summary>
    public DuplexBuilder ConfigureTransports(Action<TransportOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Changes the hub's options.</summary>
    public DuplexBuilder Configure(Action<HubOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}
