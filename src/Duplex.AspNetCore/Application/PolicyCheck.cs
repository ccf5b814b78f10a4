using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Application;

/// <summary>
/// Evaluates the ASP.NET Core authorization policies that a channel or method requires against the principal of a client.
/// </summary>
/// <param name="services">The application's services.</param>
/// <param name="owner">The channel or method, as exception messages name it.</param>
/// <param name="register">Sets the check of the channel or method; called for the first policy.</param>
internal sealed class PolicyCheck(IServiceProvider services, string owner, Action<Handler<AccessDecision>> register)
{
    private readonly List<IAuthorizeData> _names = [];
    private readonly List<AuthorizationPolicy> _policies = [];
    private AuthorizationPolicy? _combined;
    private bool _isRegistered;

    /// <summary>Adds the named policies, or the default policy if there are no names.</summary>
    /// <exception cref="InvalidOperationException">A service that policies need is not registered, or a policy is not.</exception>
    public void Add(string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Prepare();
        using var scope = services.CreateScope();
        var provider = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var name in names)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(names));
            var lookup = provider.GetPolicyAsync(name);
            if (lookup.IsCompletedSuccessfully && lookup.Result is null)
            {
                throw new InvalidOperationException($"RequireAuthorization of {owner} names the policy '{name}', which is not registered: add it with AddAuthorizationBuilder().AddPolicy(...).");
            }
        }

        if (names.Length == 0) _names.Add(new AuthorizeAttribute());
        else _names.AddRange(names.Select(static name => new AuthorizeAttribute(name)));
    }

    /// <summary>Adds a policy.</summary>
    /// <exception cref="InvalidOperationException">A service that policies need is not registered.</exception>
    public void Add(AuthorizationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Prepare();
        _policies.Add(policy);
    }

    /// <summary>Allows a client whose principal satisfies every policy. A client without a principal satisfies none.</summary>
    private async ValueTask<AccessDecision> DecideAsync(HandlerContext context)
    {
        if (context.Client.Principal is not { } principal) return AccessDecision.Deny();
        var policy = _combined ?? await CombineAsync(context.Services.GetRequiredService<IAuthorizationPolicyProvider>()).ConfigureAwait(false);
        if (policy is null) return AccessDecision.Deny();
        var result = await context.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(principal, context, policy).ConfigureAwait(false);
        return result.Succeeded;
    }

    private void Prepare()
    {
        if (!_isRegistered) register(DecideAsync);
        _isRegistered = true;
        if (services.GetService<HttpContextUser>() is null)
        {
            throw new InvalidOperationException(
                $"RequireAuthorization of {owner} needs the principals of clients: call AddDuplex().AddHttpContextUser().");
        }

        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IAuthorizationService)) != true)
        {
            throw new InvalidOperationException(
                $"RequireAuthorization of {owner} needs the authorization services of ASP.NET Core: call builder.Services.AddAuthorization().");
        }
    }

    private async ValueTask<AuthorizationPolicy?> CombineAsync(IAuthorizationPolicyProvider provider)
    {
        var policy = await AuthorizationPolicy.CombineAsync(provider, _names, _policies).ConfigureAwait(false);
        if (provider.AllowsCachingPolicies) _combined = policy;
        return policy;
    }
}
