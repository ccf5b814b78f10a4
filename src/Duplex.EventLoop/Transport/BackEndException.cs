namespace Duplex.EventLoop.Transport;

/// <summary>The exception for a system call that a back end needs and that the kernel refuses.</summary>
internal abstract class BackEndException(string operation, int error) : Exception($"{operation} failed with errno {error}.");
