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

    /// <summary>
    /// Requires ASP.NET Core authorization policies for calls of clients. Calls of the server are not checked.
    /// The policies are evaluated against the principal of the client's request, with the <see cref="HandlerContext"/> as the
    /// resource; their authentication schemes are not used, because the request is already authenticated. All of them must
    /// succeed, including those of further calls; a client that fails one receives 103 (permission denied).
    /// </summary>
    /// <param name="policies">The names of the policies; none for the default policy, which requires an authenticated user.</param>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>AddHttpContextUser</c> or <c>AddAuthorization</c>, or a policy is not registered.
    /// </exception>
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
