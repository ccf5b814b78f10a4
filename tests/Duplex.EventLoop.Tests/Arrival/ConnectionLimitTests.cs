using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Duplex.EventLoop.Tests.Arrival;

/// <summary>Kestrel's limits of connections hold where loops accept.</summary>
public sealed class ConnectionLimitTests
{
    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Connections_above_the_limit_are_closed_until_others_have_gone(EventLoopBackEnd kind)
    {
        await using var server = await StartAsync(kind, static limits => limits.MaxConcurrentConnections = 2);
        using var socket = await RawClient.UpgradeAsync(server.Address, "/echo");
        // One that Kestrel serves counts as one of a loop's does.
        var page = await RawClient.ConnectAsync(server.Address);
        await page.SendAsync("GET /page HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await page.ReadHeadAsync(), StringComparison.Ordinal);

        using (var third = await RawClient.ConnectAsync(server.Address)) Assert.Empty(await third.ReadToEndAsync());
        Assert.Contains(server.Logs.Texts, static text => text.Contains("Raise `ulimit -n`", StringComparison.Ordinal));

        page.Dispose();
        await server.Until(static loop => (int)loop.Connections.Taken, 2 * 1);
        using var fourth = await RawClient.UpgradeAsync(server.Address, "/echo");
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task WebSockets_above_the_limit_are_refused_with_503(EventLoopBackEnd kind)
    {
        await using var server = await StartAsync(kind, static limits => limits.MaxConcurrentUpgradedConnections = 1);
        var first = await RawClient.UpgradeAsync(server.Address, "/echo");
        using (var second = await RawClient.ConnectAsync(server.Address))
        {
            await second.SendAsync(RawClient.UpgradeRequest("/echo"));
            Assert.StartsWith("HTTP/1.1 503 ", await second.ReadHeadAsync(), StringComparison.Ordinal);
        }

        first.Dispose();
        await server.Until(static loop => loop.Load, 0);
        using var third = await RawClient.UpgradeAsync(server.Address, "/echo");
    }

    private static async Task<LoopServer> StartAsync(EventLoopBackEnd kind, Action<KestrelServerLimits> limit) => (await LoopServer.StartAsync(
        kind,
        builder => builder.WebHost.ConfigureKestrel(kestrel => limit(kestrel.Limits)),
        map: static app => app.MapGet("/page", (RequestDelegate)(static context => context.Response.WriteAsync("page"))))).With("/echo", new TestHandler());
}
