using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>
/// 2,000 publications a second over 50 keys, to a reader that reads slowly from a real socket and one that reads as fast as it
/// can: what the first gets is new, and the second gets everything. Without a bound on what is in transit the age grows by a
/// second in less than two; docs/adr/0020 has the figures of a machine with nothing else to do.
/// </summary>
public sealed partial class SlowReaderTests(ITestOutputHelper output)
{
    private const int Keys = 50;
    private const string Channel = "prices:all";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("SLOW_READER_SECONDS") is { } seconds ? int.Parse(seconds, null) : 8);

    /// <summary>What the slow reader is.</summary>
    public enum Reader
    {
        /// <summary>A WebSocket with the system's receive buffer.</summary>
        WebSocket,

        /// <summary>A WebSocket that answers no ping, with a small receive buffer: all that it has not read is in the server's kernel.</summary>
        WithoutPongs,

        /// <summary>A stream of server-sent events, with a small receive buffer.</summary>
        EventStream,
    }

    [Theory]
    [InlineData(EventLoopBackEnd.None, Reader.WebSocket, 50_000, 2)]
    [InlineData(EventLoopBackEnd.Epoll, Reader.WebSocket, 50_000, 2)]
    [InlineData(EventLoopBackEnd.Automatic, Reader.WebSocket, 50_000, 2)]
    [InlineData(EventLoopBackEnd.None, Reader.WebSocket, 5_000, 4)]
    [InlineData(EventLoopBackEnd.Automatic, Reader.WebSocket, 5_000, 4)]
    [InlineData(EventLoopBackEnd.None, Reader.WithoutPongs, 50_000, 2)]
    [InlineData(EventLoopBackEnd.Automatic, Reader.WithoutPongs, 50_000, 2)]
    [InlineData(EventLoopBackEnd.None, Reader.EventStream, 50_000, 2)]
    public async Task Slow_reader_gets_new_values_and_a_fast_one_all_of_them(EventLoopBackEnd backEnd, Reader reader, int bytesPerSecond, double maxAge)
    {
        if (!OperatingSystem.IsLinux() && backEnd == EventLoopBackEnd.Epoll) return;
        await using var app = await HubApplication.StartAsync(
            services: static services => services.AddDuplex().AddNamespace("prices", static ns =>
            {
                ns.SlowConsumers = SlowConsumerPolicy.Conflate;
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            }),
            host: host => host.UseDuplexEventLoops(loops => loops.BackEnd = backEnd));
        using var slow = new PacedReader { BytesPerSecond = bytesPerSecond, AnswersPings = reader == Reader.WebSocket, ReceiveBufferBytes = reader == Reader.WebSocket ? 0 : 4096 };
        using var fast = new PacedReader();
        await (reader == Reader.EventStream ? slow.OpenStreamAsync(app.WebSocket, Channel) : slow.OpenAsync(app.WebSocket, Channel));
        await fast.OpenAsync(app.WebSocket, Channel);

        var ages = new List<double>();
        var keys = new HashSet<string>();
        var received = 0;
        var clock = Stopwatch.StartNew();
        var slowReading = slow.ReadAsync(
            text =>
            {
                foreach (var (key, sentAt) in Publications(text))
                {
                    keys.Add(key);
                    ages.Add(clock.Elapsed.TotalSeconds - sentAt);
                }

                return clock.Elapsed < Duration;
            },
            HubApplication.Limit);
        var fastReading = fast.ReadAsync(
            text =>
            {
                received += Publications(text).Count();
                return !text.Contains("last", StringComparison.Ordinal);
            },
            HubApplication.Limit);

        var published = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (clock.Elapsed < Duration + TimeSpan.FromSeconds(1))
        {
            await timer.WaitForNextTickAsync(HubApplication.Limit);
            for (; published < clock.Elapsed.TotalSeconds * 2000; published++)
            {
                var data = $$$"""{"key":"k{{{published % Keys}}}","at":{{{clock.Elapsed.TotalSeconds:F6}}},"text":"{{{new string('x', 150)}}}"}""";
                await app.Hub.PublishAsync(Channel, Encoding.UTF8.GetBytes(data), new PublishOptions { Key = $"k{published % Keys}" }, HubApplication.Limit);
            }
        }

        await app.Hub.PublishAsync(Channel, "{\"text\":\"last\"}"u8.ToArray(), new PublishOptions { Key = "last" }, HubApplication.Limit);
        await fastReading;
        await slowReading;
        ages.Sort();
        output.WriteLine($"{ages.Count} publications, p50 {ages[ages.Count / 2]:F3} s, p95 {ages[ages.Count * 95 / 100]:F3} s, max {ages[^1]:F3} s, {slow.ReadBytes / clock.Elapsed.TotalSeconds:F0} bytes/s, {keys.Count} keys, fast {received} of {published}");
        Assert.InRange(ages[ages.Count * 95 / 100], 0, maxAge);
        // A machine that is busy with other tests may stop even the fast reader for longer than the window allows.
        Assert.InRange(received, published * 9 / 10, published);
    }

    private static IEnumerable<(string Key, double SentAt)> Publications(string text)
    {
        // A chunk of HTTP may end within a line, which is then left out.
        foreach (Match match in Data().Matches(text)) yield return (match.Groups[1].Value, double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""
        "key":"(k\d+)","at":([0-9.]+),"
        """)]
    private static partial Regex Data();
}
