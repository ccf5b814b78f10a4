using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>The window against a simulated path, in simulated time: how old is what arrives, and how much arrives.</summary>
public sealed class DeliveryWindowTests
{
    private const int MessageBytes = 300;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData(5_000, 0, 1.0), InlineData(5_000, 100, 1.1), InlineData(50_000, 0, 0.7), InlineData(50_000, 100, 0.8), InlineData(500_000, 20, 0.6)]
    public void What_arrives_over_a_slow_path_is_new(int bytesPerSecond, int delayMs, double maxAge)
    {
        var path = new Path(bytesPerSecond, delayMs, chunkMs: 1);
        path.Offer(messagesPerSecond: 2000, seconds: 60);
        Assert.InRange(path.AgeAt(95), 0, maxAge);
        Assert.InRange(path.DeliveredBytes, 60.0 * bytesPerSecond * 0.85, double.MaxValue);
    }

    [Fact]
    public void A_peer_that_reads_once_in_a_second_counts_as_slow_as_it_is()
    {
        var path = new Path(20_000, 0, chunkMs: 1000);
        path.Offer(messagesPerSecond: 2000, seconds: 60);
        Assert.InRange(path.AgeAt(95), 0, 2);
    }

    [Theory]
    [InlineData(0), InlineData(50), InlineData(200)]
    public void A_fast_path_gets_everything(int delayMs)
    {
        var path = new Path(12_500_000, delayMs, chunkMs: 1);
        path.Offer(messagesPerSecond: 500, seconds: 2);
        var skippedAtStart = path.Skipped;
        path.Offer(messagesPerSecond: 2000, seconds: 20);
        Assert.InRange(skippedAtStart, 0, 1000);
        path.Skipped = 0;
        path.Offer(messagesPerSecond: 2000, seconds: 20);
        Assert.Equal(0, path.Skipped);
    }

    [Fact]
    public void A_path_that_becomes_slow_is_left_behind_once_only()
    {
        var path = new Path(12_500_000, 1, chunkMs: 1);
        path.Offer(messagesPerSecond: 300, seconds: 10);
        path.BytesPerSecond = 5_000;
        path.Offer(messagesPerSecond: 300, seconds: 30);
        path.ForgetAges();
        path.Offer(messagesPerSecond: 300, seconds: 30);
        Assert.InRange(path.AgeAt(95), 0, 1.2);
    }

    [Fact]
    public void A_path_that_becomes_fast_is_filled_again()
    {
        var path = new Path(5_000, 50, chunkMs: 1);
        path.Offer(messagesPerSecond: 2000, seconds: 20);
        path.BytesPerSecond = 12_500_000;
        path.Offer(messagesPerSecond: 2000, seconds: 5);
        path.Skipped = 0;
        path.Offer(messagesPerSecond: 2000, seconds: 5);
        Assert.Equal(0, path.Skipped);
    }

    [Fact]
    public void A_pong_that_answers_no_probe_changes_nothing()
    {
        var window = new DeliveryWindow(MaxDelay);
        window.OnProbeSent(5000, TimeSpan.Zero);
        Assert.False(window.OnPong(4999, TimeSpan.FromSeconds(1)));
        Assert.False(window.OnPong(long.MaxValue, TimeSpan.FromSeconds(1)));
        Assert.Equal((0, false), (window.Confirmed, window.IsAnswered));
        Assert.True(window.OnPong(5000, TimeSpan.FromSeconds(1)));
        Assert.False(window.OnPong(5000, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_newest_pong_answers_all_probes_before_it()
    {
        var window = new DeliveryWindow(MaxDelay);
        for (var position = 1; position <= 8; position++) window.OnProbeSent(position, TimeSpan.Zero);
        Assert.Equal(long.MaxValue, window.NextProbe);
        Assert.True(window.OnPong(8, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(8, window.Confirmed);
        Assert.False(window.OnPong(7, TimeSpan.FromMilliseconds(1)));
        Assert.NotEqual(long.MaxValue, window.NextProbe);
    }

    /// <summary>A sender with a window, and a path with a queue of its own that nothing else bounds.</summary>
    private sealed class Path(int bytesPerSecond, int delayMs, int chunkMs)
    {
        private readonly DeliveryWindow _window = new(MaxDelay);
        private readonly Queue<(long Position, long SentAt, bool IsProbe)> _queue = new();
        private readonly Queue<(long Position, long At)> _pongs = new();
        private readonly List<double> _ages = [];
        private long _now;
        private long _sent;
        private double _read;
        private double _owed;

        public int BytesPerSecond { get; set; } = bytesPerSecond;

        public int Skipped { get; set; }

        public double DeliveredBytes => _read;

        public void ForgetAges() => _ages.Clear();

        public double AgeAt(int percentile) => _ages.Order().ElementAt(_ages.Count * percentile / 100);

        public void Offer(int messagesPerSecond, int seconds)
        {
            for (var end = _now + (seconds * 1000L); _now < end; _now++)
            {
                while (_pongs.TryPeek(out var pong) && pong.At <= _now)
                {
                    _pongs.Dequeue();
                    _window.OnPong(pong.Position, TimeSpan.FromMilliseconds(_now));
                    ProbeWhenDue();
                }

                for (_owed += messagesPerSecond / 1000.0; _owed >= 1; _owed--) Publish();
                if (_now % chunkMs == 0) Read();
            }
        }

        private void Publish()
        {
            if (_sent >= _window.Limit)
            {
                _window.OnFull();
                Skipped++;
                return;
            }

            _sent += MessageBytes;
            _queue.Enqueue((_sent, _now, false));
            ProbeWhenDue();
        }

        private void ProbeWhenDue()
        {
            if (_sent < _window.NextProbe) return;
            _window.OnProbeSent(_sent, TimeSpan.FromMilliseconds(_now));
            _queue.Enqueue((_sent, _now, true));
        }

        private void Read()
        {
            _read = Math.Min(_sent, _read + (BytesPerSecond * chunkMs / 1000.0));
            while (_queue.TryPeek(out var first) && first.Position <= _read && first.SentAt + delayMs <= _now)
            {
                _queue.Dequeue();
                if (first.IsProbe) _pongs.Enqueue((first.Position, _now + delayMs));
                else _ages.Add((_now - first.SentAt) / 1000.0);
            }
        }
    }
}
