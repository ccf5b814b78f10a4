namespace Duplex.EventLoop.Transport;

/// <summary>The kernel refuses what a back end needs.</summary>
internal abstract class BackEndException(string operation, int error) : Exception($"{operation} failed with errno {error}.");
