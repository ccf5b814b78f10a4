using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Showcase.Judge.Worker;

namespace Showcase.Judge.Sandbox;

/// <summary>A worker process. What it writes is not trusted: its size and form are checked.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // A result of ScriptTest.MaxOutput characters, each of which may be escaped.
    private const int MaxLineBytes = 1 << 20, MaxErrorChars = 4096;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly PipeReader _output;
    private readonly Task<string> _errors;

    // Whether the worker has started; the sandbox is complete then.
    private bool _isReady;

    // Whether the worker has written what no worker writes.
    private bool _isForeign;

    internal WorkerProcess(Process process)
    {
        _process = process;
        _output = PipeReader.Create(process.StandardOutput.BaseStream);
        _errors = ReadErrorsAsync();
    }

    /// <summary>The id of the process that was started, which is the outermost of the sandbox.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Waits until the worker is ready for a job.</summary>
    /// <exception cref="WorkerException">The worker did not start.</exception>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var line = await ReadAsync(cancellationToken);
        if (line is not { State: WorkerState.Ready })
            throw new WorkerException($"The judge's worker did not start: {await EndAsync() ?? "it wrote something unexpected"}");
        _isReady = true;
    }

    /// <summary>Executes a job and returns the worker's lines. When the worker ends early, the last one says why.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Ends the worker.</param>
    public async IAsyncEnumerable<WorkerLine> RunAsync(WorkerJob job, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isSent = await TrySendAsync(job, cancellationToken);
        var test = 1;
        while (isSent && await ReadAsync(cancellationToken) is { } line)
        {
            yield return line;
            if (line.State != WorkerState.Ok) yield break;
            test++;
        }

        yield return new(await WhyEndedAsync(), test);
    }

    /// <summary>Closes the worker's input, which ends it.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits until the process has ended.</summary>
    public Task EndedAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends the process, and with bubblewrap everything in its namespace of processes.</summary>
    public async ValueTask DisposeAsync()
    {
        // bwrap that is killed while it makes its namespaces leaves a child that waits for ever. A worker without a job ends
        // by itself when its input does.
        if (!_isReady) await EndByItselfAsync();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        await _output.CompleteAsync();
        _process.Dispose();
    }

    private async Task EndByItselfAsync()
    {
        CloseInput();
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            await EndedAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It hangs, and is killed.
        }
    }

    private async Task<bool> TrySendAsync(WorkerJob job, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(job, WorkerJson.Default.WorkerJob), (byte)'\n'];
            await _process.StandardInput.BaseStream.WriteAsync(bytes, cancellationToken);
            await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<WorkerLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _output.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Parse(read.Buffer.Slice(0, end));
                _isForeign = line is null;
                _output.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            _isForeign = read.Buffer.Length > MaxLineBytes;
            if (read.IsCompleted || _isForeign) return null;
            _output.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static WorkerLine? Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref reader, WorkerJson.Default.WorkerLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<WorkerState> WhyEndedAsync()
    {
        var errors = await EndAsync() ?? "";
        const int killed = 128 + 9, cpu = 128 + 24;
        return errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || errors.Contains("OutOfMemory", StringComparison.Ordinal) ? WorkerState.Memory
            : errors.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase) ? WorkerState.Recursion
            : !_isForeign && _process.ExitCode is killed or cpu ? WorkerState.Time
            : WorkerState.Fault;
    }

    private async Task<string?> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        var errors = await _errors;
        return errors.Length == 0 ? null : errors.ReplaceLineEndings(" ").Trim();
    }

    private async Task<string> ReadErrorsAsync()
    {
        var (text, buffer) = (new StringBuilder(), new char[1024]);
        try
        {
            while (await _process.StandardError.ReadAsync(buffer) is > 0 and var count)
                text.Append(buffer, 0, Math.Min(count, MaxErrorChars - text.Length));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process was ended.
        }

        return text.ToString();
    }
}
