using Duplex.Messaging.Application;
using Microsoft.AspNetCore.Authorization;

namespace Duplex.AspNetCore.Application;

/// <summary>Represents a mapped method that clients call.</summary>
public sealed class RpcBuilder
{
    private readonly CallRoute _route;
    private readonly PolicyCheck _policies;

    internal RpcBuilder(CallRoute route, IServiceProvider services)
    {
        _route = route;
        _policies = new PolicyCheck(services, $"the method '{route.Method}'", check => route.Authorize = check);
    }

    /// <summary>The method's name.</summary>
    public string Method => _route.Method;

    /// <summary>Requires ASP.NET Core authorization policies for calls of clients. Calls of the server are not checked.</summary>
    /// <inheritdoc cref="ChannelBuilder.RequireAuthorization(string[])" path="/remarks | /param | /exception"/>
    public RpcBuilder RequireAuthorization(params string[] policies)
    {
        _policies.Add(policies);
        return this;
    }

    /// <inheritdoc cref="RequireAuthorization(string[])"/>
    /// <param name="policy">The policy.</param>
    public RpcBuilder RequireAuthorization(AuthorizationPolicy policy)
    {
        _policies.Add(policy);
        return this;
    }
}
