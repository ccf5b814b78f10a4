using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Chat;
using Showcase.Visitors;

namespace Showcase.Tests.Chat;

/// <summary>The chat's handlers without a socket, at a time of the test's choice.</summary>
public sealed class ChatHandlerTests : IAsyncLifetime
{
    private const int Burst = 4, Messages = 2;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chat");
    private DuplexTestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DuplexTestHost.StartAsync(
        builder => builder.Services.AddDuplex().AddChat(_data.FullName),
        static app =>
        {
            var hub = app.MapDuplex();
            hub.OnConnect(static (ClientContext client, TimeProvider time) =>
            {
                var rates = new Rates();
                foreach (var act in (Act[])[Act.Character, Act.Sign]) rates[act] = new(1000, 1000);
                (rates[Act.Call], rates[Act.Message]) = (new(Burst, 1), new(Messages, 0.5));
                client.State = new Visitor(client.User, client.User, new VisitorAllowance("", null, new Allowance(time, rates)));
                return ConnectDecision.Allow();
            });
            hub.MapChat();
        });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_bears_its_author_and_the_server_s_time_in_the_reply_and_in_the_room()
    {
        var ada = await _host.ConnectAsync("ada");
        var bob = await _host.ConnectAsync("bob");
        await bob.SubscribeAsync("chat:lobby");
        await _host.AdvanceAsync(TimeSpan.FromSeconds(90));

        var sent = await ada.CallAsync<SentResult>("chat.send", new SendParams("lobby", " Hello ", "message-1"));

        var push = await bob.NextAsync();
        while (push.Kind != TestPushKind.Publication) push = await bob.NextAsync();
        Assert.Equal(sent!.Message, push.Read<MessageEvent>()!.Message);
        Assert.Equal(("ada", "Hello"), (sent.Message.User, sent.Message.Text));
        Assert.Equal(_host.Time.GetUtcNow().ToUnixTimeMilliseconds(), sent.Message.Time);
    }

    [Fact]
    public async Task Who_calls_too_often_waits_a_second()
    {
        var ada = await _host.ConnectAsync("ada");
        var latest = new HistoryParams("lobby", Before: null, Limit: null);
        for (var i = 0; i < Burst; i++) await ada.CallAsync("chat.history", latest);

        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("chat.history", latest));
        Assert.Equal((429u, true), (refused.Error.Code, refused.Error.IsTemporary));
        await _host.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty((await ada.CallAsync<HistoryResult>("chat.history", latest))!.Messages);
    }

    [Fact]
    public async Task Who_writes_too_fast_is_told_for_how_long_to_wait()
    {
        var ada = await _host.ConnectAsync("ada");
        for (var i = 0; i < Messages; i++) await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", $"message-{i}"));

        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-9")));
        Assert.Equal((429u, true), (refused.Error.Code, refused.Error.IsTemporary));
        Assert.Equal("You are sending messages too fast: try again in 2 seconds.", refused.Error.Message);
        await _host.AdvanceAsync(TimeSpan.FromSeconds(2));
        await ada.CallAsync("chat.send", new SendParams("lobby", "Hello", "message-9"));
    }

    [Theory]
    [InlineData("chat:lobby")]
    [InlineData("chat:cellar")]
    [InlineData("typing:lobby")]
    [InlineData("rooms:latest")]
    public async Task A_subscription_counts_as_a_call_whether_or_not_it_is_granted(string channel)
    {
        var ada = await _host.ConnectAsync("ada");
        for (var i = 0; i < Burst; i++)
        {
            if (channel == "chat:cellar") await Assert.ThrowsAsync<ClientException>(() => ada.SubscribeAsync(channel));
            else
            {
                await ada.SubscribeAsync(channel);
                await ada.UnsubscribeAsync(channel);
            }
        }

        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.SubscribeAsync(channel));
        Assert.Equal((429u, true), (refused.Error.Code, refused.Error.IsTemporary));
    }
}
