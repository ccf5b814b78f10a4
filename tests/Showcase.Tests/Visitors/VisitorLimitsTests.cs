using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Exchange;
using Showcase.Exchange.Simulation;
using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

/// <summary>Visitors of one address, without a socket and at a time of the test's choice.</summary>
public sealed class VisitorLimitsTests : IAsyncLifetime
{
    private DuplexTestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DuplexTestHost.StartAsync(
        builder =>
        {
            builder.Services.Configure<VisitorOptions>(static options =>
            {
                options.ConnectionsPerAddress = 3;
                (options.Person[Act.Connect], options.Address[Act.Connect]) = (new(4, 1), new(6, 2));
                (options.Person[Act.Call], options.Address[Act.Call]) = (new(2, 1), new(3, 1));
            });
            builder.Services.AddDuplex(static hub => hub.AllowAnonymous = true)
                .AddVisitors()
                .AddExchange(static exchange => exchange.Rate = MarketRate.Off);
        },
        static app =>
        {
            var hub = app.MapDuplex();
            hub.MapVisitors([new ExchangeApplication(MarketRate.Off, seed: 1)]);
            hub.MapClock();
        });

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_address_has_so_many_connections_whatever_its_keys_and_one_that_goes_makes_room()
    {
        var first = await ConnectAsync("ada");
        await ConnectAsync("bob");
        await ConnectAsync();
        Assert.Equal(429u, (await RefusedAsync("carol")).Code);

        await first.DropAsync();
        await ConnectAsync("carol");
        Assert.Equal(3, Limits.Connections);
    }

    [Fact]
    public async Task A_visitor_who_has_gone_leaves_no_connection_and_no_account_behind()
    {
        for (var i = 0; i < 6; i++) await (await ConnectAsync($"key-{i}")).DropAsync();

        Assert.Equal(0, Limits.Connections);
        Assert.Equal(0, _host.Services.GetRequiredService<ExchangeLoop>().AccountCount);
    }

    [Fact]
    public async Task Who_connects_too_often_is_told_for_how_long_to_wait()
    {
        for (var i = 0; i < 4; i++) await (await ConnectAsync("ada")).DropAsync();
        var refused = await RefusedAsync("ada");
        Assert.Equal("Too many connections in a short time: try again in a second.", refused.Message);
        Assert.True(refused.IsTemporary);

        // Another key does not help for long: the address has its own limit.
        await (await ConnectAsync("bob")).DropAsync();
        Assert.Equal(429u, (await RefusedAsync("carol")).Code);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ConnectAsync("carol");
    }

    [Fact]
    public async Task Connecting_anew_does_not_give_a_new_allowance()
    {
        var ada = await ConnectAsync("ada");
        for (var i = 0; i < 2; i++) await ada.CallAsync("time");
        await ada.DropAsync();
        ada = await ConnectAsync("ada");
        Assert.Equal(429u, (await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("time"))).Error.Code);

        var bob = await ConnectAsync("bob");
        await bob.CallAsync("time");
        Assert.Equal(429u, (await Assert.ThrowsAsync<ClientException>(() => bob.CallAsync("time"))).Error.Code);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ada.CallAsync("time");
    }

    [Fact]
    public async Task Allowances_that_are_full_again_are_forgotten()
    {
        for (var i = 0; i < 2000; i++)
        {
            await (await ConnectAsync($"key-{i}")).DropAsync();
            await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(Limits.Parties, 1, 300);
    }

    [Fact]
    public async Task A_taken_name_is_shown_with_a_part_of_its_user_s_id()
    {
        await ConnectAsync("ada", "Ada");
        var other = await ConnectAsync("bob", "\u202EAda");
        Assert.Matches("\"name\":\"Ada #[0-9a-f]{4}\"", System.Text.Encoding.UTF8.GetString(other.ConnectData.Span));
    }

    private VisitorLimits Limits => _host.Services.GetRequiredService<VisitorLimits>();

    private Task<TestClient> ConnectAsync(string? key = null, string? name = null) => _host.ConnectAsync(
        new TestConnectOptions { Data = key is null ? null : new ConnectData(key.PadRight(32, '.'), name) });

    private async Task<ClientError> RefusedAsync(string key) =>
        (await Assert.ThrowsAsync<ClientException>(() => ConnectAsync(key))).Error;
}
