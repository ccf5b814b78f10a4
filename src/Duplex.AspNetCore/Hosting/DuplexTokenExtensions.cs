using Duplex.AspNetCore.Tokens;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Adds tokens to the hub.</summary>
public static class DuplexTokenExtensions
{
    /// <summary>Lets clients show JSON Web Tokens.</summary>
    /// <param name="builder">The hub's builder.</param>
    /// <param name="configure">What makes connection tokens genuine.</param>
    /// <param name="configureSubscriptions">What makes subscription tokens genuine; null: the same.</param>
    public static DuplexBuilder AddTokens(
        this DuplexBuilder builder, Action<TokenOptions> configure, Action<TokenOptions>? configureSubscriptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var connections = new TokenOptions();
        configure(connections);
        TokenOptions? subscriptions = null;
        configureSubscriptions?.Invoke(subscriptions = new TokenOptions());
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Replace(ServiceDescriptor.Singleton<ITokenVerifier>(provider =>
            new TokenVerifier(
                connections, subscriptions, provider.GetRequiredService<TimeProvider>(), http: null, provider.GetService<ILogger<TokenVerifier>>())));
        return builder;
    }
}
