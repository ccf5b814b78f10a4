using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.DependencyInjection;
using static Duplex.Testing.Tests.Docs.Rooms;

namespace Duplex.Testing.Tests.Docs;

/// <summary>The examples of docs/guides/testing.md, word for word. A test compares the two texts.</summary>
public sealed class TestingGuideTests
{
    [Fact]
    public async Task Message_reaches_every_member_of_the_room()
    {
        await using var host = await DuplexTestHost.StartAsync(
            builder => builder.Services.AddDuplex().AddNamespace("room", _ => { }),
            app => app.MapRooms());
        var ann = await host.ConnectAsync("ann");
        var bob = await host.ConnectAsync("bob");
        await bob.SubscribeAsync("room:lobby");

        await ann.CallAsync("room.say", new Say("lobby", "Hello"));

        Assert.Equal(new Said("ann", "Hello"), await bob.NextPublicationAsync<Said>("room:lobby"));
    }

    [Fact]
    public async Task A_handler_refuses()
    {
        await using var host = await StartAsync();
        var guest = await host.ConnectAsync("");

        var refused = await Assert.ThrowsAsync<ClientException>(() => guest.SubscribeAsync("room:lobby"));
        Assert.Equal(ClientErrors.PermissionDenied, refused.Error);

        var empty = await Assert.ThrowsAsync<ClientException>(() => guest.CallAsync("room.say", new Say("lobby", "")));
        Assert.Equal(400u, empty.Error.Code);
    }

    [Fact]
    public async Task Time_passes()
    {
        await using var host = await StartAsync();
        var ann = await host.ConnectAsync("ann");
        await host.Hub.Clients.RefreshAsync(ClientSelector.ForUser("ann"), host.Time.GetUtcNow().AddHours(1));

        await host.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(Disconnects.ConnectionExpired, ann.Disconnect);
    }

    [Fact]
    public async Task Nothing_else_comes()
    {
        await using var host = await StartAsync();
        var ann = await host.ConnectAsync("ann");
        await ann.SubscribeAsync("room:lobby");

        await ann.CallAsync("room.say", new Say("kitchen", "Hello"));

        await host.SettleAsync();
        Assert.Empty(ann.TakePushes());
    }

    private static Task<DuplexTestHost> StartAsync() => DuplexTestHost.StartAsync(
        static builder => builder.Services.AddDuplex().AddNamespace("room", static _ => { }), static app => app.MapRooms());
}
