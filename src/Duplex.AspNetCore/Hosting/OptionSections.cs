using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Tokens;
using Duplex.Configuration;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Binds each configuration section to its options.</summary>
internal static class OptionSections
{
    /// <summary>The name of the options of subscription tokens.</summary>
    public const string SubscriptionTokens = "Subscriptions";

    public static void AddHub(IServiceCollection services)
    {
        ConfiguredOptions<HubOptions>.AddTo(services, static _ => "Duplex:Hub", BindHub, static (options, faults) => options.Check(faults));
        ConfiguredOptions<TransportOptions>.AddTo(services, static _ => "Duplex:Transports", BindTransports, static (options, faults) => options.Check(faults));
        ConfiguredOptions<ApiOptions>.AddTo(
            services, static _ => "Duplex:Api", static (options, binder) => binder.Bind(options), static (options, faults) => options.Check(faults));
        AddWebSockets(services);
    }

    public static void AddWebSockets(IServiceCollection services) =>
        ConfiguredOptions<WebSocketConnectionOptions>.AddTo(services, static _ => "Duplex:WebSockets", BindWebSockets, static (options, faults) => options.Check(faults));

    public static void AddTokens(IServiceCollection services) => ConfiguredOptions<TokenOptions>.AddTo(
        services,
        static name => name == SubscriptionTokens ? $"Duplex:Tokens:{SubscriptionTokens}" : "Duplex:Tokens",
        static (options, binder) => binder.Bind(options, "", SubscriptionTokens),
        static (options, faults) => options.Check(faults));

    private static void BindHub(HubOptions options, OptionBinder binder)
    {
        binder.Bind(options, "", nameof(options.Namespaces), nameof(options.PersonalChannel));
        binder.Bind(options.PersonalChannel, nameof(options.PersonalChannel));
        foreach (var name in binder.KeysOf(nameof(options.Namespaces)))
        {
            if (!options.Namespaces.TryGetValue(name, out var ns)) options.Namespaces[name] = ns = new NamespaceOptions();
            var path = $"{nameof(options.Namespaces)}:{name}";
            binder.Bind(ns, path, nameof(ns.Map), nameof(ns.SharedPoll));
            binder.Bind(ns.Map, $"{path}:{nameof(ns.Map)}");
            binder.Bind(ns.SharedPoll, $"{path}:{nameof(ns.SharedPoll)}");
        }
    }

    private static void BindTransports(TransportOptions options, OptionBinder binder)
    {
        var endpoints = options.Endpoints.ToList();
        binder.Bind(options, "", [nameof(options.Compression), .. endpoints.Select(static endpoint => endpoint.Name)]);
        options.Compression = BindCompression(options.Compression, nameof(options.Compression), binder);
        foreach (var (name, endpoint) in endpoints)
        {
            binder.Bind(endpoint, name, nameof(endpoint.Compression));
            endpoint.Compression = BindCompression(endpoint.Compression, $"{name}:{nameof(endpoint.Compression)}", binder);
        }
    }

    private static void BindWebSockets(WebSocketConnectionOptions options, OptionBinder binder)
    {
        binder.Bind(options, "", nameof(options.Compression));
        options.Compression = BindCompression(options.Compression, nameof(options.Compression), binder);
    }

    private static DeflateOptions? BindCompression(DeflateOptions? compression, string path, OptionBinder binder)
    {
        if (!binder.Has(path)) return compression;
        var options = compression is null ? new DeflateOptions() : compression with { };
        binder.Bind(options, path);
        return options;
    }
}
