using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Docs;

/// <summary>The README's examples, word for word, so that they compile. A test compares the two texts.</summary>
internal static class ReadmeSnippets
{
    public static void Hub(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseDuplexEventLoops();              // Linux: faster; elsewhere Kestrel serves
        builder.Services.AddDuplex()
            .AddNamespace("chat", ns =>
            {
                ns.HistorySize = 200;
                ns.HistoryTtl = TimeSpan.FromHours(24);
                ns.Presence = true;
                ns.Recovery = true;
            });

        var app = builder.Build();
        var hub = app.MapDuplex();                          // WebSocket, HTTP stream and SSE under /connection/*
        hub.MapChannel("chat:{room}")
            .OnSubscribe((ClientContext client, string room, ChatRooms rooms) => rooms.MayEnter(client.User, room));
        hub.MapRpc("order.place", (PlaceOrder order, ClientContext client, Exchange exchange) => exchange.Place(client.User, order));
        app.Run();
    }

    public static async Task PublishAsync(IHub hub, Trade trade)
    {
        await hub.PublishAsync("trades:SOLUSDT", trade);
    }

    public static void Engine(WebApplication app)
    {
        app.MapWebSocket("/echo", static (connection, message) => connection.Send(message));
    }

    public static async Task ClientAsync(CancellationToken cancellationToken)
    {
        await using var socket = await WebSocketClient.ConnectAsync(
            new Uri("wss://example.org/feed"), cancellationToken: cancellationToken);
        await foreach (var message in socket.ReadAllAsync(cancellationToken))
            Console.WriteLine(message.GetText());
    }

    public static void Streams(WebApplication app)
    {
        app.MapWebSocket("/copy", async connection =>
        {
            await foreach (var incoming in connection.StreamAllAsync())     // from its first bytes on
            {
                await using var outgoing = connection.BeginMessage(MessageType.Binary);
                await incoming.CopyToAsync(outgoing);                       // the slower side sets the pace
                await outgoing.CompleteAsync();
            }
        }, new WebSocketConnectionOptions { MaxMessageBytes = 1 << 30 });
    }

    public sealed record PlaceOrder(string Symbol, string Price, string Quantity);

    public sealed record Trade(long Id, string Price);

    public sealed class ChatRooms
    {
        public bool MayEnter(string user, string room) => user != "" && room != "";
    }

    public sealed class Exchange
    {
        public string Place(string user, PlaceOrder order) => $"{user} {order.Symbol}";
    }
}
