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
        app.MapDuplex();
        app.MapChannel("room:{name}").OnSubscribe((ClientContext client, string name) => client.User != "" && name != "closed");
        app.MapRpc("room.say", async (Say say, ClientContext client, IHub hub) =>
        {
            if (say.Text == "") throw new ClientException(400, "Say something.");
            await hub.PublishAsync($"room:{say.Room}", new Said(client.User, say.Text));
        });
    }

    public sealed record Say(string Room, string Text);

    public sealed record Said(string By, string Text);
}
