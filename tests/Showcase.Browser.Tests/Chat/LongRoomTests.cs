using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Chat;
using Showcase.Conversations;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>A room with more messages than the page displays at once.</summary>
public sealed class LongRoomTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const int Written = 600, DisplayedAtMost = 200;

    [Fact]
    public async Task A_reader_scrolls_from_end_to_beginning_and_back_without_a_jump_and_the_page_stays_light()
    {
        await FillAsync("lobby");
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        await Expect(Line(chat, Written)).ToBeInViewportAsync();
        foreach (var (line, top) in new[] { (1, 0), (Written, int.MaxValue) })
        {
            while (!await IsInViewAsync(chat, line)) await ScrollAsync(chat, top);
            await Expect(Line(chat, line)).ToBeInViewportAsync();
        }

        await Expect(chat.Jump).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_arrives_while_one_reads_old_messages_is_counted_and_is_displayed_after_a_jump()
    {
        await FillAsync("markets");
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(bob, "markets");
        await ada.Page.GotoAsync("/chat/markets?message=100");
        var reading = new ChatPage(ada.Page);
        await Expect(Line(reading, 100)).ToBeFocusedAsync();

        await writing.WriteAsync("below");
        await Expect(reading.Jump).ToHaveTextAsync("↓ 1 new");
        await Expect(reading.Message("below")).ToHaveCountAsync(0);
        await reading.Page.Keyboard.PressAsync("l");

        await Expect(reading.Message("below")).ToBeInViewportAsync();
        await Expect(Line(reading, 100)).ToHaveCountAsync(0);
        await Expect(reading.Messages).ToBeFocusedAsync();
        await Expect(reading.Jump).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Arrow_keys_walk_over_the_edges_of_what_is_displayed_and_the_focus_is_not_lost()
    {
        await FillAsync("random");
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var chat = new ChatPage(ada.Page);
        await chat.Page.GotoAsync("/chat/random?message=300");
        await Expect(Line(chat, 300)).ToBeFocusedAsync();

        foreach (var (edge, key, by) in new[] { ("first", "ArrowUp", -1), ("last", "ArrowDown", 1) })
        {
            // Focused without scrolling, so that nothing moves before the key is pressed.
            var line = await chat.Messages.EvaluateAsync<int>("""
                (list, edge) => {
                  const lines = [...list.querySelectorAll('.message')];
                  const line = lines.at(edge === 'first' ? 0 : -1);
                  line.focus({ preventScroll: true });
                  return Number(line.querySelector('.text').textContent.split(' ')[1]);
                }
                """, edge);
            await chat.Page.Keyboard.PressAsync(key);
            await Expect(Line(chat, line + by)).ToBeFocusedAsync();
            await Expect(Line(chat, line + by)).ToBeInViewportAsync();
        }

        while (!await IsInViewAsync(chat, 1)) await ScrollAsync(chat, 0);
        await Expect(chat.Messages).ToBeFocusedAsync();
        await chat.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(chat.Page.Locator(".message:focus")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_room_opens_at_the_first_of_many_unread_messages()
    {
        await FillAsync("engineering", lines: 10);
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var chat = await ChatPage.OpenAsync(ada, "engineering");
        var other = await ChatPage.OpenAsync(bob, "engineering");
        await other.WriteAsync("the last one that Ada reads");
        await Expect(other.Message("the last one that Ada reads")).ToContainTextAsync("read by Ada");
        await chat.GoToAsync("lobby");
        await FillAsync("engineering", lines: 250);

        await chat.GoToAsync("engineering");
        await Expect(chat.Page.Locator(".unread-line + .message")).ToContainTextAsync("line 11");
        await Expect(Line(chat, 11)).ToBeInViewportAsync();
        await Expect(chat.Jump).ToHaveTextAsync("↓ 240 new");
    }

    private static ILocator Line(ChatPage chat, int line) => chat.Message($"line {line}");

    private static Task<bool> IsInViewAsync(ChatPage chat, int line) => chat.Messages.EvaluateAsync<bool>("""
        (list, text) => [...list.querySelectorAll('.message')].some(line => {
          const { top, bottom } = line.getBoundingClientRect();
          const view = list.getBoundingClientRect();
          return line.querySelector('.text').textContent === text && top < view.bottom && bottom > view.top;
        })
        """, $"line {line}");

    /// <summary>Scrolls as far as possible, and waits until other messages are displayed or there are no more.</summary>
    private static async Task ScrollAsync(ChatPage chat, int top)
    {
        await chat.Messages.EvaluateAsync("""
            (list, top) => {
              list.scrollTop = top;
              const lines = [...list.querySelectorAll('.message')];
              const view = list.getBoundingClientRect();
              const watched = lines.find(line => line.getBoundingClientRect().top >= view.top + 100);
              window.before = { watched, edge: lines.at(top === 0 ? 0 : -1), place: watched.getBoundingClientRect().top };
            }
            """, top);
        await chat.Page.WaitForFunctionAsync("""
            top => {
              const edge = [...document.querySelectorAll('.message')].at(top === 0 ? 0 : -1);
              const isLast = top === 0 ? !document.querySelector('.start-of-room').hidden : document.querySelector('.jump').hidden;
              return edge !== window.before.edge || isLast;
            }
            """, top);
        var moved = await chat.Page.EvaluateAsync<double>("() => Math.abs(window.before.watched.getBoundingClientRect().top - window.before.place)");
        Assert.InRange(moved, 0, 1);
        Assert.InRange(await chat.Page.Locator(".message").CountAsync(), 1, DisplayedAtMost);
    }

    private async Task FillAsync(string room, int lines = Written)
    {
        var store = showcase.Showcase.Services.GetRequiredService<ChatStore>();
        using var turn = await store.Turns.TakeAsync();
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var line = 1; line <= lines; line++)
            store.Messages.Append(new Message(0, room, "writer", "Writer", $"line {line}", time - lines + line, $"{room}-{line:00000}"));
    }
}
