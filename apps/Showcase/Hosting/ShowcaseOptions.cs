using System.Globalization;
using Showcase.Exchange.Simulation;
using Showcase.Judge;

namespace Showcase.Hosting;

/// <summary>The options of the command line.</summary>
public sealed record ShowcaseOptions
{
    public const string Help = """
        The Duplex showcase: live applications over WebSockets.

          --port N           listen on this port of the loopback addresses (default 8080; 0 selects a free port)
          --urls URLS        listen on these addresses instead, in the syntax of ASP.NET Core
          --market-rate R    activity of the simulated market: normal (default), high (SOL/USDT produces 500 book
                             changes and 100 trades per second), off (no simulated participants)
          --seed N           seed of the simulated market and matches (default 1)
          --sports-speed N   speed of the simulated matches: 1 to 60 (default 12, a minute of play in 5 s)
          --judge MODE       script: execute the judge's programs also where the sandbox does not work; off: execute
                             none. By default they are executed in the sandbox, and without it on loopback alone
          --support-key KEY  the helpdesk's agents need this key; by default anybody may sit down at the desk
          --feeds FILE       the news wire reads the RSS and Atom feeds of this file, a line each: address topic name
          --data FOLDER      folder of the databases (default: data in the application's folder)
          --lab-report       measure the laboratory's scenarios without a browser, which takes eight minutes, print
                             their tables in Markdown, and exit
          --help             show this text

        Environment variables such as Showcase__Exchange__MaxAccounts=500 set limits: see docs/guides/showcase.md.
        """;

    /// <summary>The port on the loopback addresses; ignored when <see cref="Urls"/> is given. Default 8080; 0 selects a free port.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The addresses to listen on, separated by semicolons; null for <see cref="Port"/> on loopback.</summary>
    public string? Urls { get; init; }

    /// <summary>The activity of the simulated market; null for that of <c>ExchangeOptions</c>.</summary>
    public MarketRate? MarketRate { get; init; }

    /// <summary>The seed of the simulated market and matches; null for those of <c>ExchangeOptions</c> and <c>SportsOptions</c>.</summary>
    public int? Seed { get; init; }

    /// <summary>The speed of the simulated matches, 1 to 60; null for that of <c>SportsOptions</c>.</summary>
    public int? SportsSpeed { get; init; }

    /// <summary>Whether the judge executes programs; null for the default, which depends on the sandbox and the addresses.</summary>
    public JudgeMode? Judge { get; init; }

    /// <summary>The key that the helpdesk's agents need; null when anybody may be one.</summary>
    public string? SupportKey { get; init; }

    /// <summary>The file with the addresses of the feeds that the news wire reads; null for none.</summary>
    public string? Feeds { get; init; }

    /// <summary>The folder of the databases; null for <c>data</c> in the application's folder.</summary>
    public string? Data { get; init; }

    /// <summary>Whether to measure the laboratory's scenarios, print their tables, and exit.</summary>
    public bool LabReport { get; init; }

    /// <summary>Whether to print the help and exit.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>The application's folder; null for the current folder.</summary>
    public string? ContentRoot { get; init; }

    /// <summary>Parses the arguments, in the forms <c>--port 80</c> and <c>--port=80</c>.</summary>
    /// <exception cref="FormatException">An argument is invalid. The message is a sentence for the user.</exception>
    public static ShowcaseOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ShowcaseOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var key, var joined] ? (key, joined) : (args[i], null);
            if (name is "--help" or "-h") return options with { ShowHelp = true };
            if (args[i] is "--lab-report")
            {
                options = options with { LabReport = true };
                continue;
            }

            value ??= ++i < args.Count ? args[i] : null;
            options = options.With(name, value);
        }

        return options;
    }

    private ShowcaseOptions With(string name, string? value) => name switch
    {
        "--port" => this with { Port = Number(name, value, 0, 65535) },
        "--seed" => this with { Seed = Number(name, value, 0, int.MaxValue) },
        "--sports-speed" => this with { SportsSpeed = Number(name, value, 1, 60) },
        "--urls" => this with { Urls = value ?? throw new FormatException("--urls needs addresses such as http://0.0.0.0:8080.") },
        "--judge" => this with
        {
            Judge = value switch
            {
                "script" => JudgeMode.Script,
                "off" => JudgeMode.Off,
                _ => throw new FormatException("--judge must be script or off."),
            },
        },
        "--support-key" => this with { SupportKey = Text(name, value, "a key") },
        "--feeds" => this with { Feeds = Text(name, value, "a file") },
        "--data" => this with { Data = Text(name, value, "a folder") },
        "--contentRoot" => this with { ContentRoot = Path.GetFullPath(Text(name, value, "a folder")) },
        "--market-rate" => this with
        {
            MarketRate = value switch
            {
                "normal" => Exchange.Simulation.MarketRate.Normal,
                "high" => Exchange.Simulation.MarketRate.High,
                "off" => Exchange.Simulation.MarketRate.Off,
                _ => throw new FormatException("--market-rate must be normal, high or off."),
            },
        },
        _ => throw new FormatException($"Unknown option {name}: see --help."),
    };

    private static string Text(string name, string? value, string needed) =>
        value is { Length: > 0 } ? value : throw new FormatException($"{name} needs {needed}.");

    private static int Number(string name, string? value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} needs a number from {least} to {most}.");
}
