using System.Threading.Channels;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;

namespace Showcase.Chat;

/// <summary>
/// Runs the chat's work on its tables, off the hub's shards: one writer, and one transaction for all that waits, so
/// that many messages cost one commit. Results arrive, and publications leave, once they are committed, in order.
/// </summary>
public sealed partial class ChatStore(IOptions<ChatOptions> options, ILogger<ChatStore> logger) : BackgroundService
{
    private const int MaxBatch = 256, QueueLength = 4096;

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    /// <summary>Runs work on the tables, then <paramref name="committed"/>, then returns the result.</summary>
    /// <exception cref="ClientException">429 when too much waits.</exception>
    public Task<TResult> RunAsync<TResult>(Func<ChatTables, TResult> work, Func<TResult, ValueTask>? committed = null)
    {
        var item = new Work<TResult>(work, committed);
        return _queue.Writer.TryWrite(item)
            ? item.Result
            : throw new ClientException(429, "The chat is busy: try again in a moment.", isTemporary: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(options.Value.Folder);
        using var tables = new ChatTables(Path.Combine(options.Value.Folder, "rooms.db"));
        foreach (var room in ChatRooms.All) tables.Prune(room.Name, options.Value.MessagesPerRoom);
        // What was asked for before the host stops is still stored and answered.
        await using var stopping = stoppingToken.Register(() => _queue.Writer.TryComplete());
        var batch = new List<Work>();
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var work)) batch.Add(work);
            Commit(tables, batch);
            foreach (var work in batch) await work.FinishAsync();
            batch.Clear();
        }
    }

    private void Commit(ChatTables tables, List<Work> batch)
    {
        try
        {
            using var transaction = tables.Begin();
            foreach (var work in batch) work.Run(tables);
            transaction.Commit();
        }
        catch (Exception exception)
        {
            LogCommitFailed(exception);
            foreach (var work in batch) work.Fail(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The chat could not be stored")]
    private partial void LogCommitFailed(Exception exception);

    private abstract class Work
    {
        public abstract void Run(ChatTables tables);

        public abstract void Fail(Exception exception);

        public abstract ValueTask FinishAsync();
    }

    private sealed class Work<TResult>(Func<ChatTables, TResult> work, Func<TResult, ValueTask>? committed) : Work
    {
        private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TResult _value = default!;

        public Task<TResult> Result => _result.Task;

        public override void Run(ChatTables tables) => _value = work(tables);

        public override void Fail(Exception exception) => _result.TrySetException(exception);

        public override async ValueTask FinishAsync()
        {
            if (Result.IsCompleted) return;
            try
            {
                if (committed is not null) await committed(_value);
                _result.TrySetResult(_value);
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        }
    }
}
