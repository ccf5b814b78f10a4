using System.Text;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Duplex.Testing.Tests;

public sealed class DuplexTestHostTests
{
    [Fact]
    public async Task Client_that_was_cut_recovers_what_it_missed_once_and_in_order()
    {
        await using var host = await StartAsync();
        var ann = await host.ConnectAsync("ann");
        var before = await ann.SubscribeAsync("log:a");
        await host.Hub.PublishAsync("log:a", 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, await ann.NextPublicationAsync<int>("log:a"));

        await ann.DropAsync();
        for (var i = 2; i <= 3; i++) await host.Hub.PublishAsync("log:a", i, cancellationToken: TestContext.Current.CancellationToken);
        var back = await host.ConnectAsync("ann");
        var after = await back.SubscribeAsync("log:a", new TestSubscribeOptions { Since = new StreamPosition(1, before.Position.Epoch) });

        Assert.True(after.IsRecovered);
        Assert.Equal([2, 3], after.Publications.Select(static one => one.Read<int>()));
        Assert.Equal([1, 2, 3], (await back.ReadHistoryAsync("log:a")).Select(static one => one.Read<int>()));
    }

    [Fact]
    public async Task Joins_leaves_and_presence_say_who_is_there()
    {
        await using var host = await StartAsync();
        var ann = await host.ConnectAsync("ann");
        await ann.SubscribeAsync("log:a", new TestSubscribeOptions { JoinLeave = true });
        Assert.Equal("ann", (await ann.NextAsync()).Info?.User);
        var bob = await host.ConnectAsync("bob");
        await bob.SubscribeAsync("log:a");

        Assert.Equal((TestPushKind.Join, "bob"), await KindAndUserAsync(ann));
        Assert.Equal(["ann", "bob"], (await ann.ReadPresenceAsync("log:a")).Values.Select(static one => one.User).Order());
        await bob.DropAsync();
        Assert.Equal((TestPushKind.Leave, "bob"), await KindAndUserAsync(ann));

        static async Task<(TestPushKind Kind, string? User)> KindAndUserAsync(TestClient client)
        {
            var push = await client.NextAsync();
            return (push.Kind, push.Info?.User);
        }
    }

    [Fact]
    public async Task Server_subscribes_messages_unsubscribes_and_disconnects_in_the_order_it_did()
    {
        await using var host = await StartAsync();
        var ann = await host.ConnectAsync("ann");

        await host.Hub.Clients.SubscribeAsync(ClientSelector.ForUser("ann"), "log:a");
        await ann.CallAsync("greet");
        await host.Hub.Clients.UnsubscribeAsync(ClientSelector.ForUser("ann"), "log:a");
        await host.Hub.Clients.DisconnectAsync(ClientSelector.ForUser("ann"), new Disconnect(4500, "bye"));

        await host.SettleAsync();
        var pushes = ann.TakePushes();
        Assert.Equal(
            [TestPushKind.Subscribe, TestPushKind.Message, TestPushKind.Unsubscribe, TestPushKind.Disconnect],
            pushes.Select(static push => push.Kind));
        Assert.Equal("hello", pushes[1].Read<string>());
        Assert.Equal((4500, "bye"), (pushes[3].Code, pushes[3].Reason));
        var gone = await Assert.ThrowsAsync<DisconnectException>(() => ann.CallAsync("greet"));
        Assert.Equal(4500, gone.Disconnect.Code);
    }

    [Fact]
    public async Task Time_moves_only_by_hand_and_finds_dead_peers()
    {
        await using var host = await StartAsync();
        var living = await host.ConnectAsync("ann");
        var dead = await host.ConnectAsync(new TestConnectOptions { AnswersPings = false });

        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Null(living.Disconnect);
        Assert.Equal(Disconnects.NoPong, dead.Disconnect);
    }

    [Fact]
    public async Task Connect_handler_decides_about_clients_without_a_token_and_about_strange_tokens_the_verifier()
    {
        await using var host = await StartAsync(static clients => clients.OnConnect(
            static (string? name) => ConnectDecision.Allow() with { User = name ?? throw new ClientException(401, "Say who you are."), Data = $"Hello, {name}" }));

        var carl = await host.ConnectAsync(new TestConnectOptions { Data = "carl" });
        Assert.Equal("\"Hello, carl\"", Encoding.UTF8.GetString(carl.ConnectData.Span));
        Assert.Equal(401u, (await Assert.ThrowsAsync<ClientException>(() => host.ConnectAsync())).Error.Code);
        var forged = await Assert.ThrowsAsync<DisconnectException>(() => host.ConnectAsync(new TestConnectOptions { Token = "forged" }));
        Assert.Equal(3500, forged.Disconnect.Code);
    }

    [Fact]
    public async Task Hosted_services_run_and_stop_with_the_host()
    {
        var service = new Recorder();
        await using (await DuplexTestHost.StartAsync(
            builder =>
            {
                builder.Services.AddDuplex();
                builder.Services.AddSingleton<IHostedService>(service);
            },
            static app => app.MapDuplex()))
        {
            Assert.Equal("started", service.State);
        }

        Assert.Equal("stopped", service.State);
    }

    [Fact]
    public async Task Handler_that_waits_for_something_else_is_waited_for()
    {
        await using var host = await StartAsync();
        var ann = await host.ConnectAsync("ann");

        Assert.Equal(42, await ann.CallAsync<int>("slow"));
    }

    private static Task<DuplexTestHost> StartAsync(Action<DuplexEndpointConventionBuilder>? clients = null) => DuplexTestHost.StartAsync(
        static builder => builder.Services.AddDuplex(static options => options.AllowAnonymous = true).AddNamespace("log", static ns =>
        {
            ns.HistorySize = 10;
            ns.HistoryTtl = TimeSpan.FromMinutes(5);
            ns.Recovery = ns.Presence = ns.JoinLeave = true;
            ns.AllowSubscribe = ns.AllowPresence = ns.AllowHistory = true;
        }),
        app =>
        {
            var builder = app.MapDuplex();
            clients?.Invoke(builder);
            builder.MapRpc("greet", static (ClientContext client) => client.Send("\"hello\""u8.ToArray()));
            builder.MapRpc("slow", static () => Task.Run(static () => 42));
        });

    private sealed class Recorder : IHostedService
    {
        public string State { get; private set; } = "";

        public Task StartAsync(CancellationToken cancellationToken)
        {
            State = "started";
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            State = "stopped";
            return Task.CompletedTask;
        }
    }
}
