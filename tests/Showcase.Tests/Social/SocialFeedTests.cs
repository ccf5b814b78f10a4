using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Conversations;
using Showcase.Social;
using Showcase.Social.Bots;
using Showcase.Social.Notifications;
using Showcase.Tests.Visitors;

namespace Showcase.Tests.Social;

/// <summary>The bots, trends and notifications, at a time of the test's choice.</summary>
public sealed class SocialFeedTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("social");
    private DuplexTestHost _host = null!;

    private SocialFeed Feed => _host.Services.GetRequiredService<SocialFeed>();

    private SocialStore Store => _host.Services.GetRequiredService<SocialStore>();

    public async ValueTask InitializeAsync()
    {
        _host = await DuplexTestHost.StartAsync(
            builder => builder.Services.AddDuplex().AddSocial(_data.FullName),
            static app =>
            {
                var hub = app.MapDuplex();
                hub.AdmitVisitors();
                hub.MapSocial();
            });
        _host.Limit = TimeSpan.FromMinutes(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Bots_post_only_while_somebody_watches()
    {
        await IdleAsync();
        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await CountAsync());

        var ada = await _host.ConnectAsync("ada");
        await ada.SubscribeAsync("square:all");
        var push = await NextAsync(ada, "square:all");
        var post = push.Read<PostEvent>()!.Entry.Post;
        Assert.True(post.Bot);
        Assert.Contains(post.Text, Bot.Find(post.User)!.Lines);

        await ada.UnsubscribeAsync("square:all");
        await IdleAsync();
        var count = await CountAsync();
        await _host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.True(Feed.IsIdle);
        Assert.Equal(count, await CountAsync());
    }

    [Fact]
    public async Task Many_likes_at_once_are_one_notification_and_the_latest_state_is_the_first_of_a_page_that_opens()
    {
        var ada = await _host.ConnectAsync("ada");
        var post = (await ada.CallAsync<PostResult>("social.post", new WriteParams("Hello", "client-0001")))!.Post;
        await ada.SubscribeAsync("notifications:#ada");
        for (var i = 0; i < 20; i++)
        {
            var liker = await _host.ConnectAsync($"liker-{i}");
            await liker.CallAsync<StateResult>("social.like", new StateParams(post.Id, true));
        }

        var ben = await _host.ConnectAsync("ben");
        await ben.SubscribeAsync("square:all");
        var received = (await NextAsync(ada, "notifications:#ada")).Read<NotificationEvent>()!.Notification!;

        // The feed may have begun before the last like.
        for (var pushes = 1; received.Count < 20; pushes++)
        {
            Assert.True(pushes < 10);
            received = (await NextAsync(ada, "notifications:#ada")).Read<NotificationEvent>()!.Notification!;
        }

        Assert.Equal((NotificationKind.Like, 20L, "liker-19", "Hello"), (received.Kind, received.Count, received.Name, received.Text));
        var opened = (await ben.CallAsync<PostResult>("social.post", new WriteParams("A reply", "client-0002", post.Id)))!.Post;
        Assert.Equal(post.Id, opened.Thread);

        var window = await _host.ConnectAsync("ada");
        var data = (await window.SubscribeAsync("notifications:#ada")).Read<NotificationsData>()!;
        Assert.Equal([NotificationKind.Reply, NotificationKind.Like], data.Notifications.Select(static notification => notification.Kind));
        Assert.Equal(0, data.Read);
        Assert.Equal(data.Notifications[0].Seq, (await window.CallAsync<SeqResult>("social.read", new SeqParams(data.Notifications[0].Seq)))!.Read);
    }

    [Fact]
    public async Task Notifications_about_people_who_are_muted_are_not_gathered()
    {
        var ada = await _host.ConnectAsync("ada");
        var ben = await _host.ConnectAsync("ben");
        var post = (await ada.CallAsync<PostResult>("social.post", new WriteParams("Hello", "client-0001")))!.Post;
        await ben.CallAsync<PostResult>("social.post", new WriteParams("Here is Ben", "client-0002"));
        await ada.CallAsync<RelateResult>("social.mute", new RelateParams("ben", true));
        await ben.CallAsync<StateResult>("social.like", new StateParams(post.Id, true));
        Assert.Empty((await ada.SubscribeAsync("notifications:#ada")).Read<NotificationsData>()!.Notifications);
    }

    [Fact]
    public void The_texts_of_bots_are_short_enough_to_be_posts_and_no_visitor_has_the_id_of_one()
    {
        Assert.Equal(40, Bot.All.Count);
        Assert.All(Bot.All, static bot =>
        {
            Assert.StartsWith("bot-", bot.User, StringComparison.Ordinal);
            Assert.NotEmpty(bot.Lines);
            Assert.All(bot.Lines, static line => Assert.InRange(Characters.Count(line), 1, SocialRules.MaxText));
        });
    }

    private async Task<long> CountAsync()
    {
        using var turn = await Store.Turns.TakeAsync(TestContext.Current.CancellationToken);
        return Store.Posts.Count;
    }

    // The feed runs on the thread pool: time passes until it waits.
    private async Task IdleAsync()
    {
        while (!Feed.IsIdle)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<TestPush> NextAsync(TestClient client, string channel)
    {
        while (true)
        {
            var next = client.NextAsync();
            while (!next.IsCompleted) await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
            var push = await next;
            if (push.Kind == TestPushKind.Publication && push.Channel == channel) return push;
        }
    }
}
