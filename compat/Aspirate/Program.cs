using Aspirate;

try
{
    Generator.Run(GenerateOptions.Parse(args), Console.Out);
    return 0;
}
catch (AspirateException exception)
{
    await Console.Error.WriteLineAsync($"aspirate: {exception.Message}");
    return 1;
}
