using System.Security.Claims;
using System.Text.Json.Serialization.Metadata;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Configures the hub; packages add extension methods to it.</summary>
public sealed class DuplexBuilder
{
    internal DuplexBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services in which the hub is registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a namespace, or changes one that was already added.</summary>
    /// <param name="name">The name: at least two characters of <c>a-z A-Z 0-9 - _</c>; empty for channels without a namespace.</param>
    /// <param name="configure">Sets the options of the namespace.</param>
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

    /// <summary>Changes the options of the client endpoints, such as the allowed origins.</summary>
    public DuplexBuilder ConfigureTransports(Action<TransportOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>
    /// Sets the user of each client from <c>HttpContext.User</c> of its request, on every transport, so that the
    /// authentication of ASP.NET Core (cookies, bearer tokens and others) applies to the hub and clients need no token of the
    /// hub's own; the token of an authenticated client is ignored. The client of an unauthenticated request is anonymous and
    /// needs a token, a handler that allows it or <see cref="HubOptions.AllowAnonymous"/>. Handlers read
    /// <see cref="Messaging.Clients.ClientContext.Principal"/>; <c>RequireAuthorization</c> of channels and methods evaluates
    /// policies against it.
    /// </summary>
    /// <remarks>
    /// Kestrel serves the client endpoints, because authentication middleware runs there, even in an application with event
    /// loops. Authentication is evaluated when the client connects: the connection outlives a cookie or a bearer token that
    /// expires later. <c>MapDuplex</c> throws if <see cref="TransportOptions.UserIdHeader"/> is also set, and if
    /// <see cref="TransportOptions.AllowedOrigins"/> contains <c>*</c>, which would allow every page to act with its visitors' cookies.
    /// </remarks>
    /// <param name="userId">
    /// Returns the user's id for an authenticated principal; null or empty makes the client anonymous. By default the id is the
    /// claim <see cref="ClaimTypes.NameIdentifier"/>.
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
