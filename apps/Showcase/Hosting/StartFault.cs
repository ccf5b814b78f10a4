using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.Hosting;

/// <summary>Describes a failed start of the showcase in one sentence.</summary>
public static class StartFault
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>Returns the sentence for an exception thrown while the application was built or started, with a remedy where one is known.</summary>
    public static string Sentence(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            $"The database {FileOf(exception)} is locked by another process: stop it, or choose another folder with --data FOLDER.",
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } =>
            $"The file {FileOf(exception)} is damaged or not a database: move it away, or choose another folder with --data FOLDER.",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } =>
            $"The database {FileOf(exception)} is not writable: change the permissions of its folder, or choose another with --data FOLDER.",
        SqliteException { SqliteErrorCode: Full } => $"The disk that holds the database {FileOf(exception)} is full.",
        _ when Find<SocketException>(exception) is { } fault => Of(fault.SocketErrorCode, exception),
        _ when Find<UnauthorizedAccessException>(exception) is { } fault =>
            $"{OneLine(fault.Message)} Change the permissions, or choose another folder with --data FOLDER.",
        DirectoryNotFoundException => $"There is no folder {OneLine(exception.Message)}",
        _ => $"The showcase cannot start: {OneLine(exception.Message)}",
    };

    private static string FileOf(Exception exception) => exception.Data[Database.FileKey] as string ?? "of the showcase";

    private static string Of(SocketError error, Exception exception) => error switch
    {
        SocketError.AddressAlreadyInUse => $"{OneLine(exception.Message)} Choose another port with --port N.",
        SocketError.AccessDenied => "Listening on that port requires more privileges: choose a port above 1023 with --port N.",
        SocketError.AddressNotAvailable => "An address to listen on does not belong to this machine: correct --urls.",
        SocketError.TooManyOpenSockets => "The process has too many open files: raise the limit with ulimit -n.",
        _ => $"The showcase cannot listen: {OneLine(exception.Message)}",
    };

    private static TException? Find<TException>(Exception? exception)
        where TException : Exception
    {
        while (exception is not null and not TException) exception = exception.InnerException;
        return (TException?)exception;
    }

    private static string OneLine(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : $"{line}.";
    }
}
