using System.Net.WebSockets;
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Tokens;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub.Faults;

/// <summary>
/// Each part that an application supplies to the hub throws, fails, returns late or never: the process lives, only the
/// client concerned notices, its neighbour goes on, nothing is left of it, and the host stops in its time.
/// </summary>
public sealed class FaultTests
{
    // In the order in which a client's script comes to them.
    private static readonly string[] Parts =
    [
        "callback", "token", "connect", "subscribe", "broker.subscribe", "broker.history", "presence.add", "join", "broker.join", "publish", "broker.publish",
        "history", "presence", "presence.read", "presence.count", "maps.subscribe", "maps.state", "maps.stream", "maps.publish", "maps.remove",
        "poll", "rpc", "message", "leave", "broker.leave", "presence.remove", "broker.unsubscribe", "maps.unsubscribe", "disconnect",
    ];

    public static TheoryData<EventLoopBackEnd, FaultKind> Cases
    {
        get
        {
            var cases = new TheoryData<EventLoopBackEnd, FaultKind>();
            foreach (var backEnd in (EventLoopBackEnd[])[EventLoopBackEnd.None, EventLoopBackEnd.Epoll, EventLoopBackEnd.Automatic])
            {
                foreach (var kind in Enum.GetValues<FaultKind>()) cases.Add(backEnd, kind);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Part_of_the_application_that_misbehaves_costs_the_client_concerned_at_most(EventLoopBackEnd backEnd, FaultKind kind)
    {
        var script = new FaultScript(kind);
        await using var app = await HubApplication.StartAsync(
            map: app => AddHandlers(app.Services.GetRequiredService<ApplicationModel>(), script), services: services => AddParts(services, script), host: host => host.UseDuplexEventLoops(options =>
            {
                options.BackEnd = backEnd;
                options.Loops = 1;
            }));
        await using var neighbour = await JsonPeer.ConnectAsync(app, """{"id":1,"connect":{"token":"neighbour"}}""");

        foreach (var part in Parts)
        {
            script.Begin(part);
            using (var victim = new ClientWebSocket())
            {
                await victim.ConnectAsync(app.WebSocket, HubApplication.Limit);
                foreach (var command in CommandsFor(part))
                {
                    try
                    {
                        await victim.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, HubApplication.Limit);
                    }
                    catch (WebSocketException)
                    {
                        // It has been closed for an earlier command.
                        break;
                    }
                }

                var answered = ReadToTheEndAsync(victim);
                if (kind is FaultKind.Throws or FaultKind.Fails) await InTime(answered, part);
                else await InTime(Task.WhenAny(answered, script.Entered), part);
            }

            await InTime(script.Entered, part);
            await InTime(script.Gone, part);
            script.Release();
            Assert.Equal("{\"id\":2,\"rpc\":{\"data\":\"done\"}}", await neighbour.SayAsync("""{"id":2,"rpc":{"method":"echo"}}"""));
        }

        script.Begin("none");
        script.ReleaseAll();
        var node = app.Services.GetRequiredService<Messaging.Hub>().Describe();
        Assert.Equal((1, 0, 0), (node.Clients, node.Channels, node.Subscriptions));

        // An entry whose removal fails stays until its time is over, and one that is added late is removed when it has been.
        foreach (var part in Parts)
        {
            if (part is not ("presence.add" or "presence.remove")) Assert.Equal((part, 0), (part, (await app.Hub.Channels.CountPresenceAsync($"live:{part}", HubApplication.Limit)).Clients));
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await app.StopAsync(limit.Token);
        Assert.False(limit.IsCancellationRequested);
        Assert.Equal(script.LetIn, script.Left);
    }

    private static async Task InTime(Task task, string part)
    {
        try
        {
            await task.WaitAsync(HubApplication.Limit);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It takes too long with {part}.");
        }
    }

    // The last command's reply, or the end of the connection.
    private static async Task ReadToTheEndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer, HubApplication.Limit);
                if (result.MessageType == WebSocketMessageType.Close) return;
                if (Encoding.UTF8.GetString(buffer, 0, result.Count).Contains("\"id\":99", StringComparison.Ordinal)) return;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test has dropped it.
        }
    }

    private static string[] CommandsFor(string part) =>
    [
        """{"id":1,"connect":{"token":"victim"}}""",
        $$$"""{"id":2,"subscribe":{"channel":"live:{{{part}}}","recoverable":true}}""",
        $$$"""{"id":3,"publish":{"channel":"live:{{{part}}}","data":1}}""",
        $$$"""{"id":4,"history":{"channel":"live:{{{part}}}","limit":1}}""",
        $$$"""{"id":5,"presence":{"channel":"live:{{{part}}}"}}""",
        $$$"""{"id":6,"presence_stats":{"channel":"live:{{{part}}}"}}""",
        $$$"""{"id":7,"subscribe":{"channel":"map:{{{part}}}","type":1,"phase":2,"limit":100}}""",
        $$$"""{"id":8,"publish":{"channel":"map:{{{part}}}","type":1,"key":"k","data":1}}""",
        $$$"""{"id":9,"publish":{"channel":"map:{{{part}}}","type":1,"key":"k","removed":true}}""",
        $$$"""{"id":10,"subscribe":{"channel":"poll:{{{part}}}","type":4}}""",
        $$$"""{"id":11,"sub_refresh":{"channel":"poll:{{{part}}}","type":1,"track":[{"items":[{"key":"a"}]}]}}""",
        """{"id":12,"rpc":{"method":"work"}}""",
        """{"send":{"data":1}}""",
        $$$"""{"id":13,"unsubscribe":{"channel":"live:{{{part}}}"}}""",
        $$$"""{"id":14,"unsubscribe":{"channel":"map:{{{part}}}"}}""",
        """{"id":99,"rpc":{"method":"echo"}}""",
    ];

    private static void AddHandlers(ApplicationModel model, FaultScript script)
    {
        model.Connect = context =>
        {
            script.Watch(context.CancellationToken);
            return After(script.At("connect"), () =>
            {
                script.CountLetIn();
                return ConnectDecision.Allow();
            });
        };
        model.Disconnect = _ =>
        {
            script.CountLeft();
            return script.At("disconnect");
        };
        model.Message = _ => script.At("message");
        model.AddCall("work", _ => After(script.At("rpc"), static () => (object?)null));
        model.AddCall("echo", static _ => new("\"done\""u8.ToArray()));
        foreach (var name in (string[])["live", "map", "poll"])
        {
            var route = model.AddChannel(name + ":{part}");
            route.Subscribe = _ => After(script.At("subscribe"), static () => SubscribeDecision.Allow());
            route.Publish = _ => After(script.At("publish"), static () => PublishDecision.Allow());
            route.Remove = _ => After(script.At("publish"), static () => AccessDecision.Allow());
            route.Join = _ => script.At("join");
            route.Leave = _ => script.At("leave");
            route.History = _ => After(script.At("history"), static () => AccessDecision.Allow());
            route.Presence = _ => After(script.At("presence"), static () => AccessDecision.Allow());
            if (name == "poll") route.Poll = async _ =>
            {
                await script.At("poll");
                return [new PolledItem("a", "1"u8.ToArray(), 1)];
            };
        }
    }

    private static async ValueTask<T> AfterAsync<T>(ValueTask fault, Func<T> result)
    {
        await fault;
        return result();
    }

    private static ValueTask<T> After<T>(ValueTask fault, Func<T> result) => fault.IsCompletedSuccessfully ? new(result()) : AfterAsync(fault, result);

    private static void AddParts(IServiceCollection services, FaultScript script)
    {
        services.AddSingleton<IBroker>(new FaultyBroker(new MemoryBroker(TimeProvider.System), script));
        services.AddSingleton<IMapBroker>(new FaultyMapBroker(new MemoryMapBroker(TimeProvider.System), script));
        services.AddSingleton<IPresenceStore>(new FaultyPresenceStore(new MemoryPresenceStore(TimeProvider.System), script));
        services.AddSingleton<ITokenVerifier>(new FaultyTokens(script));
        services.AddDuplex(static options => options.PingInterval = null)
            .AddNamespace("live", static ns =>
            {
                ns.HistorySize = 10;
                ns.HistoryTtl = TimeSpan.FromMinutes(5);
                ns.Presence = ns.JoinLeave = ns.ForceJoinLeave = ns.AllowRecovery = true;
            })
            .AddNamespace("map", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.Map;
                ns.Map.Mode = MapMode.Recoverable;
                ns.Map.KeyTtl = TimeSpan.FromMinutes(5);
                ns.Map.ClientKey = MapClientKey.Given;
            })
            .AddNamespace("poll", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.SharedPoll;
                ns.SharedPoll.AllowUnsignedKeys = true;
            });
    }
}
