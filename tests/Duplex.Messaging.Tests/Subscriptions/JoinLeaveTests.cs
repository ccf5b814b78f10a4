using System.Text.RegularExpressions;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.Clients;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Subscriptions;

/// <summary>What the members of a channel are told of those who come and go.</summary>
public sealed partial class JoinLeaveTests
{
    private const string Subscribe = """{"id":2,"subscribe":{"channel":"news:a"}}""";
    private const string Unsubscribe = """{"id":3,"unsubscribe":{"channel":"news:a"}}""";

    [Fact]
    public void Join_and_leave_are_told_at_once()
    {
        using var hub = Hub();
        var (member, guest) = (Member(hub), hub.Connect());

        guest.Say(Subscribe);
        Assert.Equal(["join"], News(member));
        guest.Say(Unsubscribe);
        Assert.Equal(["leave"], News(member));
    }

    [Fact]
    public void Client_that_comes_and_goes_in_a_loop_costs_the_members_one_push_a_second()
    {
        using var hub = Hub();
        var (member, guest) = (Member(hub), hub.Connect());

        Loop(guest, 1000);
        Assert.Equal(["join", "leave"], News(member));
        for (var second = 0; second < 10; second++)
        {
            Loop(guest, 100);
            guest.Say(second % 2 == 0 ? Subscribe : Unsubscribe);
            hub.Wait(TimeSpan.FromSeconds(1));
            Assert.Equal([second % 2 == 0 ? "join" : "leave"], News(member));
        }
    }

    [Theory]
    [InlineData(true, "join")]
    [InlineData(false, null)]
    public void Members_are_told_in_the_end_what_holds(bool isInside, string? told)
    {
        using var hub = Hub();
        var (member, guest) = (Member(hub), hub.Connect());

        Loop(guest, 10);
        if (isInside) guest.Say(Subscribe);
        News(member);
        hub.Wait(TimeSpan.FromSeconds(5));

        Assert.Equal(told is null ? [] : [told], News(member));
        Assert.Equal(isInside ? 2 : 1, hub.Server.Channels.List()["news:a"]);
    }

    [Fact]
    public void Client_that_goes_before_its_return_was_told_is_not_told_of_again()
    {
        using var hub = Hub();
        var (member, guest) = (Member(hub), hub.Connect());
        Loop(guest, 1);
        guest.Say(Subscribe);
        News(member);

        guest.Cut();
        hub.Wait(TimeSpan.FromSeconds(5));

        Assert.Empty(News(member));
        member.Cut();
        LifeCycleTests.AssertNothingIsLeft(hub);
    }

    [Fact]
    public void Client_that_goes_before_its_leave_was_told_is_told_of_at_once()
    {
        using var hub = Hub();
        var (member, guest) = (Member(hub), hub.Connect());
        Loop(guest, 1);
        guest.Say(Subscribe);
        hub.Wait(TimeSpan.FromSeconds(1));
        guest.Say(Unsubscribe);
        Assert.Equal(["join", "leave", "join"], News(member));

        guest.Cut();

        Assert.Equal(["leave"], News(member));
        member.Cut();
        LifeCycleTests.AssertNothingIsLeft(hub);
    }

    [Fact]
    public void Map_of_who_is_there_changes_once_a_second_for_a_client_that_comes_and_goes_in_a_loop()
    {
        using var hub = Hub(static ns => ns.MapClientsPresencePrefix = "who:");
        var guest = hub.Connect();
        var top = Offset(hub);

        Loop(guest, 1000);
        guest.Say(Subscribe);
        Assert.Equal(top + 2, Offset(hub));
        hub.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(top + 3, Offset(hub));
        Assert.Equal(1, Count(hub));

        guest.Cut();
        Assert.Equal(0, Count(hub));
    }

    [Fact]
    public void Member_that_reads_too_slowly_does_without_news_and_keeps_its_connection()
    {
        using var meters = new TestMeters();
        using var hub = Hub(configure: static options => options.MaxQueuedBytes = 2000);
        var member = Member(hub);
        member.Transport.IsWritable = false;

        for (var i = 0; i < 100; i++)
        {
            var guest = hub.Connect();
            guest.Say(Subscribe);
            guest.Cut();
        }

        member.Say("""{"id":9,"presence":{"channel":"news:a"}}""");
        Assert.Null(member.CloseCode);
        Assert.True(hub.Hub.Describe().Metrics["duplex.hub.dropped_publications"] > 100);
        member.Drain();
        var received = member.Received();
        Assert.Contains(received, static frame => frame.StartsWith("{\"id\":9", StringComparison.Ordinal));
        Assert.InRange(received.Length, 2, 30);
    }

    private static ulong Offset(TestHub hub) => hub.Server.Maps.ReadStreamAsync("who:news:a", 0).AsTask().Result.Position.Offset;

    private static int Count(TestHub hub) => hub.Server.Maps.CountAsync("who:news:a").AsTask().Result;

    private static void Loop(TestClient client, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            client.Say(Subscribe);
            client.Say(Unsubscribe);
        }
    }

    private static TestClient Member(TestHub hub)
    {
        var member = hub.Connect();
        member.Say(Subscribe);
        return member;
    }

    private static string[] News(TestClient member) =>
        [.. member.Received().Select(static frame => PushKind().Match(frame)).Where(static match => match.Success).Select(static match => match.Groups[1].Value)];

    private static TestHub Hub(Action<NamespaceOptions>? news = null, Action<Messaging.HubOptions>? configure = null) => new(
        options =>
        {
            options.PingInterval = null;
            var who = options.Namespaces["who"] = new NamespaceOptions { SubscriptionType = SubscriptionType.MapClients };
            who.Map.Mode = Messaging.Maps.MapMode.Recoverable;
            configure?.Invoke(options);
        },
        ns =>
        {
            ns.Presence = ns.JoinLeave = ns.ForceJoinLeave = ns.AllowPresence = ns.AllowPresenceForAnonymous = true;
            news?.Invoke(ns);
        });

    [GeneratedRegex("\"(join|leave)\":")]
    private static partial Regex PushKind();
}
