using System.Reflection;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Operations;

public sealed class CancellationTests
{
    private int _calls;

    public static TheoryData<Type, string> Methods
    {
        get
        {
            TheoryData<Type, string> methods = [];
            foreach (var type in new[] { typeof(IHub), typeof(IHubClients), typeof(IHubChannels), typeof(IHubMaps), typeof(IHubPolls) })
            {
                foreach (var method in type.GetMethods().Where(static method => !method.IsSpecialName && TakesToken(method))) methods.Add(type, method.ToString()!);
            }

            return methods;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_that_is_cancelled_beforehand_throws_and_changes_nothing(Type type, string name)
    {
        using var hub = Hub();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        client.Say("""{"id":3,"subscribe":{"channel":"poll:a","type":4}}""");
        Assert.Contains("items", client.Say("""{"id":4,"sub_refresh":{"channel":"poll:a","type":1,"track":[{"items":[{"key":"k"}]}]}}""")[0], StringComparison.Ordinal);
        hub.Publish("news:a", "1");
        await hub.Server.Maps.PublishAsync("map:a", "k", "1"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken);
        client.Received();
        var before = await StateAsync(hub);
        var method = Assert.Single(type.GetMethods(), method => method.ToString() == name);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InvokeAsync(hub, type, method, new CancellationToken(canceled: true)));

        Assert.Empty(client.Received());
        Assert.Equal(before, await StateAsync(hub));
        Assert.Null(client.CloseCode);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Same_call_with_a_token_that_is_not_cancelled_succeeds(Type type, string name)
    {
        using var hub = Hub();
        hub.Connect();

        var call = InvokeAsync(hub, type, Assert.Single(type.GetMethods(), method => method.ToString() == name), TestContext.Current.CancellationToken);
        hub.Shard.RunAll();

        await call;
    }

    [Fact]
    public async Task Operation_that_is_cancelled_while_it_waits_leaves_clients_it_has_not_reached_as_they_are()
    {
        using var hub = Hub();
        var client = hub.Connect();
        using var source = new CancellationTokenSource();

        var disconnecting = hub.Server.Clients.DisconnectAsync(ClientSelector.Anonymous, cancellationToken: source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => disconnecting);
        Assert.Empty(client.Received());
        Assert.Null(client.CloseCode);
    }

    [Fact]
    public async Task Broadcast_that_is_cancelled_has_reached_the_channels_before()
    {
        using var source = new CancellationTokenSource();
        using var hub = Hub(broker => new FaultyBroker(broker, member =>
        {
            if (member == nameof(IBroker.PublishAsync) && ++_calls == 3) source.Cancel();
            return default;
        }));
        var channels = new[] { "news:1", "news:2", "news:3", "news:4" };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => hub.Server.BroadcastAsync(channels, "1"u8.ToArray(), cancellationToken: source.Token).AsTask());

        var tops = new List<ulong>();
        foreach (var channel in channels) tops.Add((await hub.Server.Channels.ReadHistoryAsync(channel, 0, cancellationToken: TestContext.Current.CancellationToken)).Position.Offset);
        Assert.Equal([1UL, 1UL, 0UL, 0UL], tops);
    }

    [Fact]
    public async Task Token_reaches_the_broker()
    {
        using var source = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        using var hub = Hub(broker => new FaultyBroker(broker, _ => new ValueTask(waiting.Task)));

        var reading = hub.Server.Channels.ReadHistoryAsync("news:a", cancellationToken: source.Token).AsTask();
        await source.CancelAsync();
        waiting.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static bool TakesToken(MethodInfo method) => method.GetParameters() is [.., { ParameterType: var last }] && last == typeof(CancellationToken);

    private static async Task InvokeAsync(TestHub hub, Type type, MethodInfo method, CancellationToken cancellationToken)
    {
        var target = type == typeof(IHub) ? hub.Server : typeof(IHub).GetProperties().Single(property => property.PropertyType == type).GetValue(hub.Server);
        if (method.IsGenericMethodDefinition) method = method.MakeGenericMethod(typeof(string));
        var arguments = method.GetParameters().Select(parameter => ArgumentOf(type, parameter, cancellationToken)).ToArray();
        var result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await (result as Task ?? (result is ValueTask task ? task.AsTask() : (Task)result.GetType().GetMethod("AsTask")!.Invoke(result, null)!));
    }

    // Each would change or return something with a token that is not cancelled.
    private static object? ArgumentOf(Type type, ParameterInfo parameter, CancellationToken cancellationToken) => parameter switch
    {
        { Name: "channel" } => type == typeof(IHubMaps) ? "map:a" : type == typeof(IHubPolls) ? "poll:a" : "news:a",
        { Name: "channels" } => new[] { "news:a" },
        { Name: "key" } => "k",
        { Name: "method" } => "count",
        { Name: "message" } => "2",
        { Name: "data" } => (ReadOnlyMemory<byte>)"2"u8.ToArray(),
        { Name: "clients" } => ClientSelector.Anonymous,
        { Name: "subscription" } => new ServerSubscription("news:b"),
        { Name: "item" } => new PolledItem("k", "2"u8.ToArray(), 2),
        { Name: "expiresAt" } => DateTimeOffset.UnixEpoch,
        _ when parameter.ParameterType == typeof(CancellationToken) => cancellationToken,
        _ => parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null),
    };

    private async Task<string> StateAsync(TestHub hub)
    {
        var stop = TestContext.Current.CancellationToken;
        var history = await hub.Server.Channels.ReadHistoryAsync("news:a", cancellationToken: stop);
        var map = await hub.Server.Maps.ReadStateAsync("map:a", cancellationToken: stop);
        var presence = await hub.Server.Channels.CountPresenceAsync("news:a", stop);
        var channels = string.Join(',', hub.Server.Channels.List().Keys.Order());
        return $"{history.Publications.Count} {history.Position} {map.Entries.Count} {map.Position} {presence} {channels} {_calls}";
    }

    private TestHub Hub(Func<IBroker, IBroker>? carrier = null) => new(
        options =>
        {
            options.PingInterval = null;
            options.Namespaces["map"] = new NamespaceOptions { SubscriptionType = SubscriptionType.Map };
            options.Namespaces["map"].Map.Mode = MapMode.Persistent;
            options.Namespaces["poll"] = new NamespaceOptions { SubscriptionType = SubscriptionType.SharedPoll, AllowSubscribe = true, AllowSubscribeForAnonymous = true };
            options.Namespaces["poll"].SharedPoll.AllowUnsignedKeys = true;
        },
        news =>
        {
            news.Presence = true;
            news.HistorySize = 10;
            news.HistoryTtl = TimeSpan.FromMinutes(1);
        },
        application =>
        {
            application.AddCall("count", _ =>
            {
                _calls++;
                return default;
            });
            application.AddChannel("poll:{name}").Poll = static _ => new([new PolledItem("k", "1"u8.ToArray(), 1)]);
        },
        carrier: carrier);
}
