using Duplex.Messaging.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Testing.Hosting;

/// <summary>Accepts the test host's own tokens and delegates all others to the application's verifier.</summary>
internal sealed class TestTokens(ITokenVerifier? verifier) : ITokenVerifier
{
    private const string Prefix = "test-host-user:";

    /// <summary>Returns the unsigned token of a user.</summary>
    public static string For(string user) => Prefix + user;

    /// <summary>Replaces the registered verifier with one that delegates to it.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var registered = services.LastOrDefault(static service => service.ServiceType == typeof(ITokenVerifier));
        services.AddSingleton<ITokenVerifier>(provider => new TestTokens(Make(registered, provider)));
    }

    public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken)
    {
        if (token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new(new TokenVerdict<ConnectionToken>(TokenStatus.Valid, new ConnectionToken { User = token[Prefix.Length..] }));
        }

        return verifier?.VerifyConnectionAsync(token, cancellationToken) ?? default;
    }

    public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) =>
        verifier?.VerifySubscriptionAsync(token, cancellationToken) ?? default;

    private static ITokenVerifier? Make(ServiceDescriptor? registered, IServiceProvider provider) => registered switch
    {
        null => null,
        { ImplementationInstance: ITokenVerifier instance } => instance,
        { ImplementationFactory: { } factory } => (ITokenVerifier)factory(provider),
        _ => (ITokenVerifier)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!),
    };
}
