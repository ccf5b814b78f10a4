using System.Net.WebSockets;
using System.Text;
using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

public sealed class OneWaySocketTests
{
    private const string Wants = """{"subs":{"news:a":{},"other:b":{}}}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Listener_says_what_it_wants_in_the_query_or_its_first_message_and_gets_bare_pushes(bool isInQuery)
    {
        await using var app = await HubApplication.StartAsync();
        using var socket = await OpenAsync(app, isInQuery ? Wants : null);
        if (!isInQuery) await SendAsync(socket, Wants);

        var connect = await ReceiveAsync(socket);
        Assert.StartsWith("{\"connect\":{", connect, StringComparison.Ordinal);
        Assert.Contains("\"subs\":{\"news:a\":{", connect, StringComparison.Ordinal);
        Assert.DoesNotContain("other:b", connect, StringComparison.Ordinal);
        await app.Hub.PublishAsync("news:a", "7"u8.ToArray(), cancellationToken: HubApplication.Limit);
        Assert.StartsWith("{\"channel\":\"news:a\",\"pub\":{\"data\":7", await ReceiveAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_that_goes_on_talking_is_told_why_and_closed_with_3501()
    {
        await using var app = await HubApplication.StartAsync();
        using var socket = await OpenAsync(app, "{}");
        await ReceiveAsync(socket);

        await SendAsync(socket, "{}");

        Assert.Equal(3501, await EndOf(socket));
    }

    [Fact]
    public async Task Listener_whom_the_server_sends_away_gets_the_push_and_the_close_code()
    {
        await using var app = await HubApplication.StartAsync();
        using var socket = await OpenAsync(app, "{}");
        await ReceiveAsync(socket);

        await app.Hub.Clients.DisconnectAsync(ClientSelector.Anonymous, new Disconnect(4501, "enough"), HubApplication.Limit);

        Assert.Equal("""{"disconnect":{"code":4501,"reason":"enough"}}""", await ReceiveAsync(socket));
        Assert.Equal(4501, await EndOf(socket));
    }

    [Theory]
    [InlineData(109, 3005)]
    [InlineData(110, 3005)]
    [InlineData(111, 3013)]
    [InlineData(103, 3507)]
    [InlineData(100, 3004)]
    [InlineData(450, 3004)]
    public async Task Connect_error_becomes_the_end_of_a_connection_that_cannot_carry_it(uint error, int code)
    {
        var known = typeof(ClientErrors).GetProperties().Select(static property => (ClientError)property.GetValue(null)!).FirstOrDefault(known => known.Code == error);
        await using var app = await HubApplication.StartAsync(services: services => services
            .AddSingleton(_ => new Duplex.Messaging.Application.ApplicationModel { Connect = _ => throw new ClientException(known ?? new ClientError(error, "no")) }));
        using var socket = await OpenAsync(app, "{}");

        Assert.Equal(code, await EndOf(socket));
    }

    private static async Task<ClientWebSocket> OpenAsync(HubApplication app, string? connect)
    {
        var socket = new ClientWebSocket();
        var query = connect is null ? "" : "?cf_connect=" + Uri.EscapeDataString(connect);
        await socket.ConnectAsync(new Uri(app.WebSocket, "/connection/uni_websocket" + query), HubApplication.Limit);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, HubApplication.Limit);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, HubApplication.Limit);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task<int> EndOf(ClientWebSocket socket)
    {
        while (socket.CloseStatus is null) await ReceiveAsync(socket);
        return (int)socket.CloseStatus;
    }
}
