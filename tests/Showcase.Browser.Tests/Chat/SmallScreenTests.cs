using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>The chat on a phone, and for who wants nothing to move.</summary>
public sealed class SmallScreenTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const int Width = 390, Height = 844;

    [Fact]
    public async Task People_open_over_the_room_and_close_beside_themselves_and_by_Escape()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, Width, Height);
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        await ChatPage.OpenAsync(bob, "lobby");
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        var button = chat.Page.GetByRole(AriaRole.Button, new() { Name = "2 here" });
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(chat.People).ToBeHiddenAsync();

        foreach (var close in (Func<Task>[])[
            () => button.ClickAsync(),
            () => chat.Messages.ClickAsync(new() { Position = new() { X = 20, Y = 300 } }),
            () => chat.Page.Keyboard.PressAsync("Escape")])
        {
            await button.ClickAsync();
            await Expect(chat.People.GetByText("Bob")).ToBeInViewportAsync(new() { Ratio = 0.99f });
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
            await close();
            await Expect(chat.People).ToBeHiddenAsync();
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
        }
    }

    [Fact]
    public async Task Open_room_stays_in_sight_among_the_others()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, Width, Height);
        var chat = await ChatPage.OpenAsync(ada, "random");
        await Expect(chat.Room("random")).ToBeInViewportAsync(new() { Ratio = 0.99f });
        await chat.GoToAsync("lobby");
        await Expect(chat.Room("lobby")).ToBeInViewportAsync(new() { Ratio = 0.99f });
        Assert.Equal(Width, await chat.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Theory]
    [InlineData(ReducedMotion.Reduce, "0s")]
    [InlineData(ReducedMotion.NoPreference, "1s")]
    public async Task Nothing_moves_for_who_asks_for_less_motion(ReducedMotion wish, string duration)
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, Width, Height);
        await ada.Page.EmulateMediaAsync(new() { ReducedMotion = wish });
        var chat = await ChatPage.OpenAsync(ada, "lobby");

        // The pages hold no transition today: a probe shows that one could not get past the wish.
        Assert.Equal(duration, await chat.Page.EvaluateAsync<string>("""
            () => {
              const probe = document.body.appendChild(document.createElement('i'));
              probe.setAttribute('style', 'transition: opacity 1s');
              const duration = getComputedStyle(probe).transitionDuration;
              probe.remove();
              return duration;
            }
            """));
        await chat.Page.Locator(".people-button").ClickAsync();
        await chat.Page.Keyboard.PressAsync("?");
        await Expect(chat.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal(0, await chat.Page.EvaluateAsync<int>(
            "() => document.getAnimations().filter(one => one.effect.getComputedTiming().activeDuration > 0).length"));
    }
}
