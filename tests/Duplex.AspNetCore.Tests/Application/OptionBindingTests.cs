using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.Messaging;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Tests.Application;

public sealed class OptionBindingTests
{
    [Fact]
    public void Each_group_is_bound_to_its_section()
    {
        using var services = Services(
            static duplex => duplex.AddTokens(),
            ("Hub:MaxConnections", "5"), ("Hub:PingInterval", ""), ("Hub:Namespaces:chat:HistorySize", "7"), ("Hub:Namespaces:chat:HistoryTtl", "00:01:00"),
            ("Hub:Namespaces::AllowPublish", "true"), ("Transports:Sse:Path", "/sse"), ("Transports:Compression:Level", "3"), ("Api:Key", "k"),
            ("Tokens:HmacSecretKey", "s"), ("WebSockets:AllowedOrigins:0", "https://example.org"));
        var hub = services.GetRequiredService<IOptions<HubOptions>>().Value;
        Assert.Equal((5, null), (hub.MaxConnections, hub.PingInterval));
        Assert.Equal((7, TimeSpan.FromMinutes(1)), (hub.Namespaces["chat"].HistorySize, hub.Namespaces["chat"].HistoryTtl));
        Assert.True(hub.Namespaces[""].AllowPublish);
        var transports = services.GetRequiredService<IOptions<TransportOptions>>().Value;
        Assert.Equal(("/sse", 3), (transports.Sse.Path, transports.Compression!.Level));
        Assert.Equal("k", services.GetRequiredService<IOptions<ApiOptions>>().Value.Key);
        Assert.Equal("s", services.GetRequiredService<IOptions<TokenOptions>>().Value.HmacSecretKey);
        Assert.Equal(["https://example.org"], services.GetRequiredService<IOptions<WebSocketConnectionOptions>>().Value.AllowedOrigins);
    }

    [Fact]
    public void Code_counts_over_configuration_and_PostConfigure_over_both()
    {
        using var services = Services(
            static duplex => duplex.Configure(static hub => hub.MaxConnections = 6).Services.PostConfigure<HubOptions>(static hub => hub.MaxChannelLength = 9),
            ("Hub:MaxConnections", "5"), ("Hub:MaxChannelLength", "5"));
        var hub = services.GetRequiredService<IOptions<HubOptions>>().Value;
        Assert.Equal((6, 9), (hub.MaxConnections, hub.MaxChannelLength));
    }

    [Fact]
    public void One_exception_names_every_value_out_of_range()
    {
        using var services = Services(static _ => { }, ("Hub:MaxQueuedBytes", "0"), ("Hub:PongTimeout", "00:00:26"));
        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<HubOptions>>().Value);
        Assert.Equal(
            [
                "Duplex:Hub:MaxQueuedBytes is 0; it must be from 1 to 2147483647 bytes.",
                "Duplex:Hub:PongTimeout is 00:00:26; it must be at most PingInterval, which is 00:00:25.",
            ],
            failure.Failures.Order(StringComparer.Ordinal));
    }

    private static ServiceProvider Services(Action<DuplexBuilder> configure, params (string Key, string? Value)[] values)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(static pair => KeyValuePair.Create($"Duplex:{pair.Key}", pair.Value)))
            .Build());
        configure(services.AddDuplex());
        return services.BuildServiceProvider();
    }
}
