using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.AspNetCore.Builder;

namespace Duplex.Testing.Tests.Docs;

/// <summary>What the guide's tests test.</summary>
internal static class Rooms
{
    public static void MapRooms(this WebApplication app)
    {
        var hub = app.MapDuplex();
        hub.MapChannel("room:{name}").OnSubscribe((ClientContext client, string name) => client.User != "" && name != "closed");
        hub.MapRpc("room.say", async (Say say, ClientContext client, IHub channels) =>
        {
            if (say.Text == "") throw new ClientException(400, "Say something.");
            await channels.PublishAsync($"room:{say.Room}", new Said(client.User, say.Text));
        });
    }

    public sealed record Say(string Room, string Text);

    public sealed record Said(string By, string Text);
}
