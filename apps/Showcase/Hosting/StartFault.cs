using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Showcase.Hosting;

/// <summary>What kept the showcase from starting, in one sentence.</summary>
public static class StartFault
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>The sentence for an exception of building or starting the application, with what to do where that is known.</summary>
    public static string Sentence(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            "The chat's database is locked by another program: stop it, or choose another folder with --data FOLDER.",
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } =>
            "The chat's file rooms.db is damaged or no database: move it away, or choose another folder with --data FOLDER.",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } =>
            "The chat's database cannot be written: change the rights of its folder, or choose another with --data FOLDER.",
        SqliteException { SqliteErrorCode: Full } => "The disk of the chat's database is full.",
        _ when Find<SocketException>(exception) is { } fault => Of(fault.SocketErrorCode, exception),
        _ when Find<UnauthorizedAccessException>(exception) is { } fault =>
            $"{OneLine(fault.Message)} Change the rights, or choose another folder with --data FOLDER.",
        DirectoryNotFoundException => $"There is no folder {OneLine(exception.Message)}",
        _ => $"The showcase cannot start: {OneLine(exception.Message)}",
    };

    private static string Of(SocketError error, Exception exception) => error switch
    {
        SocketError.AddressAlreadyInUse => $"{OneLine(exception.Message)} Choose another port with --port N.",
        SocketError.AccessDenied => "This user may not listen on that port: choose one above 1023 with --port N.",
        SocketError.AddressNotAvailable => "An address to listen on is not one of this machine: correct --urls.",
        SocketError.TooManyOpenSockets => "There are too few file descriptors: raise the limit with ulimit -n.",
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
