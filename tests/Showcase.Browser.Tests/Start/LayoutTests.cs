using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The cards fill the page with few applications and with many.</summary>
public sealed class LayoutTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    // Copies of the cards stand for the applications that do not exist.
    private const string Fill = """
        (counts) => {
          const [section] = document.querySelectorAll('.group');
          const groups = document.querySelector('.groups');
          const cards = [...document.querySelectorAll('.card')];
          groups.replaceChildren(...Object.entries(counts).map(([name, count]) => {
            const group = section.cloneNode(true);
            group.style.setProperty('--cards', count);
            group.style.setProperty('--columns', Math.ceil(count / Math.ceil(count / 4)));
            group.querySelector('h2').textContent = name;
            group.querySelector('.cards').replaceChildren(
              ...Array.from({ length: count }, (_, index) => cards[index % cards.length].cloneNode(true)));
            return group;
          }));
        }
        """;

    // The rows that end before the edge, and the widths of the cards.
    private const string Measure = """
        () => {
          const cards = [...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect());
          const ends = new Map();
          for (const { top, right } of cards) ends.set(Math.round(top), Math.max(ends.get(Math.round(top)) ?? 0, right));
          const edge = document.querySelector('.groups').getBoundingClientRect().right;
          return {
            gaps: [...ends.values()].filter((right) => edge - right > 1).length,
            narrowest: Math.min(...cards.map(({ width }) => width)),
            widest: Math.max(...cards.map(({ width }) => width)),
            page: document.documentElement.scrollWidth,
          };
        }
        """;

    public static TheoryData<string, int> Views()
    {
        var views = new TheoryData<string, int>();
        foreach (var counts in (string[])["four", "five", "twelve"])
            foreach (var width in (int[])[2560, 1440, 1366, 1024, 390])
                views.Add(counts, width);
        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_row_of_cards_reaches_the_edge_of_the_page(string applications, int width)
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, width, height: 1000);
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        await ada.Page.EvaluateAsync(Fill, applications switch
        {
            "four" => new { Talk = 1, Watch = 1, Together = 0, Why = 2 },
            "five" => new { Talk = 1, Watch = 1, Together = 1, Why = 2 },
            _ => new { Talk = 3, Watch = 5, Together = 2, Why = 2 },
        });
        if (applications == "four") await ada.Page.EvaluateAsync("() => document.querySelectorAll('.group')[2].remove()");

        var measured = await ada.Page.EvaluateAsync<Measured>(Measure);
        await ada.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"start-{applications}-{width}.png"),
            FullPage = true,
        });
        Assert.Equal(0, measured.Gaps);
        Assert.True(measured.Narrowest >= Math.Min(340, width - 26), $"The narrowest card has {measured.Narrowest} px.");
        if (width > 1024) Assert.InRange(measured.Widest, 0, 2.1 * measured.Narrowest);
        Assert.Equal(width, measured.Page);
    }

    private sealed record Measured
    {
        public int Gaps { get; init; }

        public double Narrowest { get; init; }

        public double Widest { get; init; }

        public int Page { get; init; }
    }
}
