using System.Security.Claims;
using System.Text.Json.Serialization.Metadata;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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

    /// <summary>
    /// Takes the user of each client from <c>HttpContext.User</c> of its request, on every transport, so that the
    /// authentication of ASP.NET Core (cookies, bearer tokens and others) counts at the hub and clients need no token of the
    /// hub's own; one that an authenticated client sends is not read. The client of an unauthenticated request is anonymous and
    /// needs a token, a handler that allows it or <see cref="HubOptions.AllowAnonymous"/>. Handlers read
    /// <see cref="Messaging.Clients.ClientContext.Principal"/>; <c>RequireAuthorization</c> of channels and methods checks
    /// policies against it.
    /// </summary>
    /// <remarks>
    /// The endpoints of clients are served by Kestrel, where authentication middleware runs, even where event loops run.
    /// Authentication counts when the client connects: the connection outlives a cookie or a bearer token that expires later.
    /// <c>MapDuplex</c> throws where <see cref="TransportOptions.UserIdHeader"/> is set too, and where
    /// <see cref="TransportOptions.AllowedOrigins"/> contains <c>*</c>, which would let every page act with its visitors' cookies.
    /// </remarks>
    /// <param name="userId">
    /// Returns the user's id of an authenticated principal; null or empty: it has none, and the client is anonymous. By default
    /// the claim <see cref="ClaimTypes.NameIdentifier"/>.
    /// </param>
    public DuplexBuilder AddHttpContextUser(Func<ClaimsPrincipal, string?>? userId = null)
    {
        Services.Replace(ServiceDescriptor.Singleton(new HttpContextUser(userId)));
        return this;
    }

    /// <summary>Changes the hub's options.</summary>
    public DuplexBuilder Configure(Action<HubOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}
