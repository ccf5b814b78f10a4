using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Application;

/// <summary>Handlers of every kind, by what the hub tells them and what clients see of them.</summary>
public sealed partial class HandlerTests
{
    private readonly ConcurrentQueue<string> _heard = [];

    [Fact]
    public async Task Typed_handlers_read_messages_decide_and_answer_without_reflection()
    {
        await using var host = await StartAsync(static app =>
        {
            var hub = app.MapDuplex();
            hub.OnConnect<Hello>(static (hello, context) => new(ConnectDecision.Allow() with { User = hello?.Name ?? "nobody" }));
            hub.MapRpc("add", static (Pair pair, HandlerContext context) => new ValueTask<Sum>(new Sum(pair.Left + pair.Right, context.Client.User)));
            hub.MapChannel("room:{name}")
                .OnSubscribe<Hello>(static (hello, context) => new(SubscribeDecision.Allow() with { Data = new Sum(hello is null ? 0 : 1, context.Values["name"]!) }))
                .OnPublish(static async (Pair pair, HandlerContext context) =>
                {
                    await Task.Yield();
                    return pair.Left < 0 ? throw new ClientException(450, "negative") : PublishDecision.Allow(new Sum(pair.Left + pair.Right, context.Client.User));
                });
        });
        var ann = await host.ConnectAsync(new TestConnectOptions { Data = new Hello("ann") });
        var nobody = await host.ConnectAsync();

        Assert.Equal(new Sum(5, "ann"), await ann.CallAsync<Sum>("add", new Pair(2, 3)));
        Assert.Equal(new Sum(0, "a"), (await nobody.SubscribeAsync("room:a")).Read<Sum>());
        Assert.Equal(new Sum(1, "a"), (await ann.SubscribeAsync("room:a", new TestSubscribeOptions { Data = new Hello("x") })).Read<Sum>());
        await nobody.PublishAsync("room:a", new Pair(1, 2));
        Assert.Equal(new Sum(3, "nobody"), await ann.NextPublicationAsync<Sum>("room:a"));
        Assert.Equal(450u, (await RefusedAsync(() => ann.PublishAsync("room:a", new Pair(-1, 0)))).Code);
        Assert.Equal(107u, (await RefusedAsync(() => ann.CallAsync("add"))).Code);
        Assert.Equal(107u, (await RefusedAsync(() => ann.CallAsync("add", "text"))).Code);
    }

    [Fact]
    public async Task Join_and_leave_come_once_each_in_order_however_the_client_leaves()
    {
        await using var host = await StartAsync(app =>
        {
            var hub = app.MapDuplex();
            hub.OnDisconnect((ClientContext client) => _heard.Enqueue($"gone {client.User}"));
            hub.MapChannel("room:{name}")
                .OnSubscribe(static (string name) => name != "closed")
                .OnJoin((ClientContext client, string name) => _heard.Enqueue($"join {name} {client.User}"))
                .OnLeave((ClientContext client, string name) => _heard.Enqueue($"leave {name} {client.User}"));
        });
        var ann = await host.ConnectAsync("ann");
        await ann.SubscribeAsync("room:a");
        await ann.UnsubscribeAsync("room:a");
        await RefusedAsync(() => ann.SubscribeAsync("room:closed"));
        await host.Hub.Clients.SubscribeAsync(ClientSelector.ForUser("ann"), "room:b", cancellationToken: TestContext.Current.CancellationToken);
        await ann.DropAsync();

        Assert.Equal(["join a ann", "leave a ann", "join b ann", "leave b ann", "gone ann"], _heard);
    }

    [Fact]
    public async Task Scoped_services_live_for_one_call_in_every_kind_of_handler()
    {
        await using var host = await StartAsync(
            static app =>
            {
                var hub = app.MapDuplex();
                hub.MapRpc("bound", static (Scoped one, HandlerContext context) => ReferenceEquals(one, context.Services.GetRequiredService<Scoped>()) && !one.IsDisposed);
                hub.MapRpc("typed", static (Pair _, HandlerContext context) => ValueTask.FromResult(!context.Services.GetRequiredService<Scoped>().IsDisposed));
                hub.MapRpc("raw", static context =>
                {
                    context.Services.GetRequiredService<Scoped>();
                    throw new ClientException(450, "no");
                });
            },
            services => services.AddScoped(_ => new Scoped(_heard)));
        var ann = await host.ConnectAsync("ann");

        Assert.True(await ann.CallAsync<bool>("bound"));
        Assert.True(await ann.CallAsync<bool>("typed", new Pair(0, 0)));
        Assert.Equal(450u, (await RefusedAsync(() => ann.CallAsync("raw"))).Code);
        Assert.Equal(["disposed", "disposed", "disposed"], _heard);
    }

    [Fact]
    public async Task Publication_is_let_through_with_tags_and_meta_of_the_connection_is_for_handlers()
    {
        await using var host = await StartAsync(static app =>
        {
            var hub = app.MapDuplex();
            hub.OnConnect(static () => ConnectDecision.Allow() with { User = "ann", Meta = "{\"role\":\"admin\"}"u8.ToArray() });
            hub.MapChannel("room:{name}")
                .OnSubscribe(static () => true)
                .OnPublish(static (ClientContext client) => PublishDecision.Allow() with
                {
                    Data = new Sum(client.Meta.Length, client.User),
                    Options = new PublishOptions { Tags = new Dictionary<string, string> { ["checked"] = "yes" }, SkipHistory = true },
                });
        });
        var ann = await host.ConnectAsync();
        await ann.SubscribeAsync("room:a");
        await ann.PublishAsync("room:a", new Pair(1, 2));

        var push = await ann.NextAsync();
        Assert.Equal(new Sum(16, "ann"), push.Read<Sum>());
        Assert.Equal(("yes", "ann", 0ul), (push.Tags["checked"], push.Info!.User, push.Offset));
    }

    [Fact]
    public async Task Presence_and_history_are_for_whom_the_handlers_let_read()
    {
        await using var host = await StartAsync(static app => app.MapDuplex().MapChannel("room:{name}")
            .OnPresence(static (ClientContext client) => client.User == "ann")
            .OnHistory(static (ClientContext client, string name) => client.User == "ann" ? name == "a" : throw new ClientException(451, "ann only")));
        var ann = await host.ConnectAsync("ann");
        var bob = await host.ConnectAsync("bob");

        Assert.Empty(await ann.ReadPresenceAsync("room:a"));
        Assert.Empty(await ann.ReadHistoryAsync("room:a"));
        Assert.Equal(103u, (await RefusedAsync(() => bob.ReadPresenceAsync("room:a"))).Code);
        Assert.Equal(451u, (await RefusedAsync(() => bob.ReadHistoryAsync("room:a"))).Code);
        Assert.Equal(103u, (await RefusedAsync(() => ann.ReadHistoryAsync("room:b"))).Code);
    }

    [Fact]
    public async Task Refresh_handlers_renew_what_expires_until_they_say_no_more()
    {
        var renewals = 0;
        await using var host = await StartAsync(app =>
        {
            app.MapDuplex()
                .OnConnect((TimeProvider time) => ConnectDecision.Allow() with { User = "ann", ExpiresAt = time.GetUtcNow().AddMinutes(1) })
                .OnRefresh((TimeProvider time) => ++renewals < 3 ? RefreshDecision.Allow(time.GetUtcNow().AddMinutes(1)) : RefreshDecision.Deny());
        });
        var ann = await host.ConnectAsync();

        await host.AdvanceAsync(TimeSpan.FromSeconds(150));
        Assert.Null(ann.Disconnect);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Disconnects.ConnectionExpired, ann.Disconnect);
        Assert.Equal(3, renewals);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("memory")]
    [InlineData("read-only")]
    [InlineData("segment")]
    [InlineData("typed memory")]
    [InlineData("typed segment")]
    [InlineData("object")]
    public async Task Bytes_of_every_type_are_payloads_as_parameters_and_as_replies(string method)
    {
        await using var host = await StartAsync(static app =>
        {
            var hub = app.MapDuplex();
            hub.MapRpc("array", static (byte[] bytes) => bytes);
            hub.MapRpc("memory", static (Memory<byte> bytes) => bytes);
            hub.MapRpc("read-only", static async (ReadOnlyMemory<byte>? bytes) =>
            {
                await Task.Yield();
                return bytes;
            });
            hub.MapRpc("segment", static (ArraySegment<byte> bytes) => bytes);
            hub.MapRpc("typed memory", static (Memory<byte> bytes, HandlerContext _) => ValueTask.FromResult(bytes));
            hub.MapRpc("typed segment", static (ArraySegment<byte> bytes, HandlerContext _) => ValueTask.FromResult(bytes));
            hub.MapRpc("object", static (byte[] bytes) => (object)new ArraySegment<byte>(bytes));
        });
        var ann = await host.ConnectAsync("ann");

        Assert.Equal(new Sum(1, "ann"), await ann.CallAsync<Sum>(method, new Sum(1, "ann")));
        Assert.Equal("{\"value\":2}"u8.ToArray(), (await ann.CallAsync<ReadOnlyMemory<byte>>(method, "{\"value\":2}"u8.ToArray().AsMemory())).ToArray());
        Assert.Equal("[3]"u8.ToArray(), (await host.Hub.CallAsync(method, "[3]"u8.ToArray(), TestContext.Current.CancellationToken)).ToArray());
    }

    [Fact]
    public async Task Call_is_cancelled_when_its_client_goes()
    {
        var cancelled = new TaskCompletionSource();
        await using var host = await StartAsync(app => app.MapDuplex().MapRpc("wait", async (CancellationToken cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }));
        var ann = await host.ConnectAsync("ann");
        var call = ann.CallAsync("wait");
        await host.SettleAsync();

        await ann.DropAsync();

        await cancelled.Task.WaitAsync(host.Limit, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<DisconnectException>(() => call);
    }

    private static async Task<ClientError> RefusedAsync(Func<Task> command) => (await Assert.ThrowsAsync<ClientException>(command)).Error;

    private static Task<DuplexTestHost> StartAsync(Action<WebApplication> map, Action<IServiceCollection>? services = null) => DuplexTestHost.StartAsync(
        builder =>
        {
            builder.Services.AddDuplex().AddJsonContext(HandlerJson.Default).AddNamespace("room", static ns =>
            {
                ns.HistorySize = 10;
                ns.HistoryTtl = TimeSpan.FromMinutes(5);
                ns.Presence = true;
            });
            services?.Invoke(builder.Services);
        },
        map);

    private sealed record Hello(string Name);

    private sealed record Pair(int Left, int Right);

    private sealed record Sum(int Value, string By);

    private sealed class Scoped(ConcurrentQueue<string> heard) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            heard.Enqueue("disposed");
        }
    }

    [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Hello))]
    [JsonSerializable(typeof(Pair))]
    [JsonSerializable(typeof(Sum))]
    private sealed partial class HandlerJson : JsonSerializerContext;
}
