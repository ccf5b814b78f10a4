using System.Diagnostics;
using System.Runtime.InteropServices;
using HdrHistogram;
using LoadTool.Measuring;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Soak;

/// <summary>
/// Runs many well-behaved and misbehaving connections at the same time. The result reports whether every echo was exact,
/// the delays of the well-behaved connections, and the growth of the server's memory.
/// </summary>
internal sealed unsafe class SoakLoad
{
    private static readonly TimeSpan Reporting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(10);
    private readonly Target _target;
    private readonly LoadOptions _options;
    private readonly ServerProcess _server;
    private readonly Random _random = new(1);
    private readonly SoakConnection?[] _connections;
    private readonly PriorityQueue<(int Index, SoakConnection Connection, Step Step), long> _agenda = new();
    private readonly LongHistogram _delays = new(60_000_000, 3);
    private readonly MemoryRecord _memory = new();
    private readonly Dictionary<(int Payload, byte Content), byte[]> _frames = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _epoll = Libc.EpollCreate(0);
    private long _said, _echoes, _opened, _unexpectedEnds, _mismatches;
    private bool _isEnding;

    // In the first half of the warm-up connections open and close so fast that the server's collector runs several times:
    // a heap grows with each of its first collections in any program.
    private double _pace = 0.2;

    private SoakLoad(Target target, LoadOptions options)
    {
        _target = target;
        _options = options;
        _server = options.Server ?? throw new UsageException("soak needs --pid, the server's process id.");
        _connections = new SoakConnection?[options.Connections];
    }

    private enum Step
    {
        Say,
        Drain,
        Leave,
        Replace,
    }

    public static Result Run(Target target, LoadOptions options) => new SoakLoad(target, options).Run();

    private Result Run()
    {
        for (var i = 0; i < _connections.Length; i++) Open(i, Choose());
        var start = Stopwatch.GetTimestamp();
        var nextReport = Reporting;
        while (Stopwatch.GetElapsedTime(start) < _options.WarmUp + _options.Length)
        {
            Turn();
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed < nextReport) continue;
            nextReport += Reporting;
            if (elapsed >= _options.WarmUp / 2) _pace = 1;
            var resident = _server.ResidentKiB();
            if (elapsed >= _options.WarmUp)
            {
                if (_memory.IsEmpty) _delays.Reset();
                _memory.Add(resident);
            }

            Console.Error.WriteLine(
                $"{elapsed:mm\\:ss} resident {resident / 1024} MiB, {_echoes} echoes, {_opened} opened, " +
                $"p99.9 {Percentile(99.9)} us, unexpected ends {_unexpectedEnds}, mismatches {_mismatches}");
        }

        // No more messages are sent, and outstanding echoes are received.
        _isEnding = true;
        for (start = Stopwatch.GetTimestamp(); _said > _echoes && Stopwatch.GetElapsedTime(start) < LastAnswers;) Turn();

        var result = new Result("soak")
        {
            ["connections"] = _connections.Length,
            ["seconds"] = _options.Length.TotalSeconds,
            ["said"] = _said,
            ["echoes"] = _echoes,
            ["opened"] = _opened,
            ["p50_us"] = Percentile(50),
            ["p99_us"] = Percentile(99),
            ["p99.9_us"] = Percentile(99.9),
            ["max_us"] = _delays.GetMaxValue(),
            ["unexpected_ends"] = _unexpectedEnds,
            ["mismatches"] = _mismatches,
        };
        _memory.AddTo(result);
        return result;
    }

    private long Percentile(double percentile) => _delays.TotalCount == 0 ? 0 : _delays.GetValueAtPercentile(percentile);

    private Behaviour Choose() => _random.Next(100) switch
    {
        < 70 => Behaviour.Echo,
        < 80 => Behaviour.SlowReader,
        < 83 => Behaviour.HalfHandshake,
        < 86 => Behaviour.HalfOpen,
        _ => Behaviour.Churn,
    };

    private void Open(int index, Behaviour behaviour)
    {
        var connection = new SoakConnection(_target, behaviour, (byte)index);
        _connections[index] = connection;
        _opened++;
        var interest = new Libc.EpollEvent { Events = Libc.EpollIn | Libc.EpollOut | 1u << 31, Data = index };
        if (Libc.EpollControl(_epoll, 1, connection.Descriptor, &interest) != 0)
            throw new System.Net.Sockets.SocketException(Marshal.GetLastPInvokeError());
        switch (behaviour)
        {
            case Behaviour.Echo:
            case Behaviour.SlowReader:
                Plan(index, Step.Say, 1, 10);
                break;
            case Behaviour.Churn:
                Plan(index, Step.Say, 0.1 * _pace, 5 * _pace);
                Plan(index, Step.Leave, 5 * _pace, 15 * _pace);
                break;
        }
    }

    private void Plan(int index, Step step, double atLeast, double atMost)
    {
        var seconds = atLeast + _random.NextDouble() * (atMost - atLeast);
        _agenda.Enqueue((index, _connections[index]!, step), Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency));
    }

    private void Turn()
    {
        var now = Stopwatch.GetTimestamp();
        while (_agenda.TryPeek(out _, out var due) && due <= now)
        {
            var (index, connection, step) = _agenda.Dequeue();
            // The slot may hold a new connection by now: actions scheduled for the old one are dropped.
            if (ReferenceEquals(_connections[index], connection)) Do(index, connection, step, due);
        }

        const int Capacity = 1024;
        var events = stackalloc Libc.EpollEvent[Capacity];
        var count = Libc.EpollWait(_epoll, events, Capacity, 1);
        for (var i = 0; i < count; i++)
        {
            var index = events[i].Data;
            if (_connections[index] is not { } connection) continue;
            connection.Flush();
            if (connection.Behaviour == Behaviour.SlowReader && connection.IsOpen && connection.Outstanding > 0) continue;
            Read(index, connection);
        }
    }

    private void Do(int index, SoakConnection connection, Step step, long due)
    {
        if (_isEnding && step != Step.Drain) return;
        switch (step)
        {
            case Step.Say when connection.Behaviour == Behaviour.SlowReader:
                connection.SentAt = due;
                for (var i = 0; i < 40; i++) Say(connection, 4096);
                _said++;
                Plan(index, Step.Drain, 2, 6);
                break;
            case Step.Say:
                if (connection.IsOpen && connection.Outstanding == 0)
                {
                    connection.SentAt = due;
                    Say(connection, 1 << _random.Next(4, 13));
                    if (connection.Behaviour == Behaviour.Echo) _said++;
                }

                Plan(index, Step.Say, 2, 8);
                break;
            case Step.Drain:
                Read(index, connection);
                if (!ReferenceEquals(_connections[index], connection)) break;
                if (connection.Outstanding > 0) Plan(index, Step.Drain, 0.05, 0.1);
                else Plan(index, Step.Say, 1, 10);
                break;
            case Step.Leave:
                Leave(index, connection);
                break;
            default:
                Replace(index, connection);
                break;
        }
    }

    private void Leave(int index, SoakConnection connection)
    {
        switch (_random.Next(3))
        {
            case 0:
                connection.SendClose();
                Plan(index, Step.Replace, 10 * _pace, 10 * _pace);
                break;
            case 1:
                connection.ShutdownSending();
                Plan(index, Step.Replace, 10 * _pace, 10 * _pace);
                break;
            default:
                Replace(index, connection);
                break;
        }
    }

    private void Say(SoakConnection connection, int payload)
    {
        if (!_frames.TryGetValue((payload, connection.Content), out var frame))
        {
            var bytes = new byte[payload];
            Array.Fill(bytes, connection.Content);
            _frames[(payload, connection.Content)] = frame = ClientFrame.Binary(bytes);
        }

        connection.SendMessage(frame, payload);
    }

    private void Read(int index, SoakConnection connection)
    {
        var isAlive = connection.Read(_buffer);
        if (connection.SentAt != 0 && connection.Outstanding == 0)
        {
            if (connection.Behaviour == Behaviour.Echo)
                _delays.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(connection.SentAt).TotalMicroseconds));
            connection.SentAt = 0;
            if (connection.Behaviour != Behaviour.Churn) _echoes++;
        }

        if (connection.HasMismatch) _mismatches++;
        if (isAlive) return;
        // The server has no reason to end these connections.
        if (connection.Behaviour is Behaviour.Echo or Behaviour.SlowReader) _unexpectedEnds++;
        if (_isEnding) connection.Dispose();
        else Replace(index, connection);
    }

    private void Replace(int index, SoakConnection connection)
    {
        connection.Dispose();
        _connections[index] = null;
        Open(index, connection.Behaviour);
    }
}
