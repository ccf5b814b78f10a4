using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the verification of tokens to the hub.</summary>
public static class DuplexTokenExtensions
{
    /// <summary>
    /// Accepts JSON Web Tokens of clients. The configuration section <c>Duplex:Tokens</c> sets the options, and
    /// <paramref name="configure"/> changes them. Subscription tokens have separate options if
    /// <paramref name="configureSubscriptions"/> or the section <c>Duplex:Tokens:Subscriptions</c> sets them.
    /// </summary>
    /// <param name="builder">The hub's builder.</param>
    /// <param name="configure">Sets the keys and claims of connection tokens; null keeps those of the configuration.</param>
    /// <param name="configureSubscriptions">Sets the keys and claims of subscription tokens; null uses those of connection tokens.</param>
    public static DuplexBuilder AddTokens(
        this DuplexBuilder builder, Action<TokenOptions>? configure = null, Action<TokenOptions>? configureSubscriptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        OptionSections.AddTokens(services);
        if (configure is not null) services.Configure(configure);
        if (configureSubscriptions is not null) services.AddOptions<TokenOptions>(OptionSections.SubscriptionTokens).Configure(configureSubscriptions).ValidateOnStart();
        services.AddDuplexKeySets();
        services.TryAddSingleton(TimeProvider.System);
        services.Replace(ServiceDescriptor.Singleton<ITokenVerifier>(provider => CreateVerifier(provider, configureSubscriptions is not null)));
        return builder;
    }

    /// <summary>Registers the HTTP client that fetches key sets; <see cref="AddTokens"/> also registers it.</summary>
    /// <param name="services">The services.</param>
    internal static IServiceCollection AddDuplexKeySets(this IServiceCollection services)
    {
        services.AddHttpClient(TokenVerifier.HttpClientName).ConfigurePrimaryHttpMessageHandler(KeySetSource.CreateHandler).RemoveAllLoggers();
        return services;
    }

    private static TokenVerifier CreateVerifier(IServiceProvider provider, bool hasSubscriptions)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<TokenOptions>>();
        hasSubscriptions |= provider.GetService<IConfiguration>()?.GetSection($"Duplex:Tokens:{OptionSections.SubscriptionTokens}").Exists() == true;
        return new TokenVerifier(
            options.CurrentValue,
            hasSubscriptions ? options.Get(OptionSections.SubscriptionTokens) : null,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetService<ILogger<TokenVerifier>>());
    }
}
