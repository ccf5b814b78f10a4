using System.Text.Json;
using Microsoft.Playwright;

namespace Showcase.Browser.Tests.Pages;

/// <summary>Every page against the rules of axe-core, and by keyboard alone.</summary>
public sealed class AccessibilityTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    // A page has fewer stops than this; more of them are a trap.
    private const int MostStops = 250;

    private static readonly string Axe = Repository.PathOf("apps", "Showcase", "web", "node_modules", "axe-core", "axe.min.js");

    public static TheoryData<string, int, ColorScheme> Views { get; } = new(
        from row in ListedPages.All
        from view in ((int, ColorScheme)[])[(1366, ColorScheme.Dark), (1366, ColorScheme.Light), (390, ColorScheme.Light)]
        select (row.Data, view.Item1, view.Item2));

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_violates_no_rule(string path, int width, ColorScheme theme)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address, width, height: 800, theme);
        // The pages' Content-Security-Policy would refuse it as a script element.
        await person.Page.AddInitScriptAsync(scriptPath: Axe);
        await ListedPages.OpenAsync(person, path);
        var violations = await person.Page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              resultTypes: ['violations'],
            })).violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target + ' ' + node.failureSummary).join(' ')}`)
            """);
        Assert.Empty(violations.EnumerateArray().Select(static violation => violation.GetString()));
    }

    [Theory]
    [MemberData(nameof(ListedPages.All), MemberType = typeof(ListedPages))]
    public async Task Tab_reaches_every_control_and_leaves_the_page(string path)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await ListedPages.OpenAsync(person, path);
        // Each control that takes the focus is marked; what appears later than this list may be left out.
        var controls = await person.Page.EvaluateAsync<int>("""
            () => {
              const all = [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]')]
                .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
              const groups = new Set();
              const wanted = all.filter((one) => one.type !== 'radio' || (!groups.has(one.name) && groups.add(one.name)));
              wanted.forEach((one) => one.dataset.wanted = '');
              document.addEventListener('focusin', ({ target }) => {
                const radio = target.type === 'radio' && document.querySelector(`input[name="${target.name}"][data-wanted]`);
                delete (radio || target).dataset.wanted;
              });
              return wanted.length;
            }
            """);
        Assert.InRange(controls, 3, MostStops);
        var stops = 0;
        do
        {
            // In an editor of code Tab indents; Escape and Tab leave it.
            if (await person.Page.EvaluateAsync<bool>("() => document.activeElement.matches('.cm-content')")) await person.Page.Keyboard.PressAsync("Escape");
            await person.Page.Keyboard.PressAsync("Tab");
            Assert.True(++stops <= MostStops, "the focus does not leave the page");
        }
        while (await person.Page.EvaluateAsync<bool>("() => document.activeElement !== document.body"));

        var missed = await person.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[data-wanted]')].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 150))");
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(ListedPages.All), MemberType = typeof(ListedPages))]
    public async Task Nothing_moves_for_who_asks_for_less_motion(string path)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await person.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await ListedPages.OpenAsync(person, path);
        var moving = await person.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')]
              .filter((one) => {
                const { transitionDuration, animationDuration } = getComputedStyle(one);
                return /[1-9]/.test(transitionDuration + animationDuration);
              })
              .map((one) => one.outerHTML.slice(0, 150))
            """);
        Assert.Empty(moving);
    }

    [Theory]
    [MemberData(nameof(ListedPages.All), MemberType = typeof(ListedPages))]
    public async Task Controls_and_text_remain_in_forced_colours(string path)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await person.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await ListedPages.OpenAsync(person, path);
        // A colour that a page keeps for itself may be invisible on the user's background.
        var kept = await person.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')]
              .filter((one) => one.checkVisibility() && getComputedStyle(one).forcedColorAdjust === 'none' && one.textContent.trim() !== '')
              .map((one) => one.outerHTML.slice(0, 150))
            """);
        Assert.Empty(kept);
    }

    [Fact]
    public async Task Pill_the_chosen_tab_and_the_sides_of_the_book_remain_in_forced_colours()
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await person.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await ListedPages.OpenAsync(person, "/exchange");
        var looks = await person.Page.EvaluateAsync<string[]>("""
            () => {
              const look = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
              return [
                look('body').backgroundColor, look('.pill', '::before').backgroundColor,
                look('.tabs [aria-selected=false]').outlineStyle, look('.tabs [aria-selected=true]').outlineStyle,
                look('.rows.bids').borderLeftStyle, look('.rows.asks').borderLeftStyle,
              ];
            }
            """);
        Assert.All(looks.Chunk(2), static pair => Assert.NotEqual(pair[0], pair[1]));
    }
}
