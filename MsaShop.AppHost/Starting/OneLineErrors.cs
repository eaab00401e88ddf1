namespace MsaShop.AppHost.Starting;

/// <summary>Ends the program with one line instead of a stack trace where the developer can fix the cause.</summary>
internal static class OneLineErrors
{
    /// <summary>Call it first. Tests start the shop in their own process and still see the exception.</summary>
    public static void Use() =>
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            // Errors at the start arrive as a task's failure.
            if (
                (unhandled.ExceptionObject as Exception)?.GetBaseException()
                is DistributedApplicationException exception
            )
            {
                Console.Error.WriteLine($"error: {exception.Message}");
                Environment.Exit(1);
            }
        };
}
