<#
.SYNOPSIS
    Runs the lessons, and says what each of their blocks prints now.
.DESCRIPTION
    The blocks of a page are run one after the other in one session, at the top of the clone. Each ```text block holds what the ```powershell block before it prints.
    tests/Pester/Lessons.Tests.ps1 compares; -Write puts what is printed now into the pages.
.PARAMETER Page
    The pages, with wildcards.
.PARAMETER Write
    Change the pages.
.EXAMPLE
    ./examples/Update-Lesson.ps1 02* -Write
#>
param([string] $Page = '*', [switch] $Write)

$root = [IO.Path]::GetFullPath("$PSScriptRoot/..")
Import-Module "$root/CnnVis.psd1"
$block = [regex] '(?ms)^```powershell\n(?<code>.*?)\n```$(?:\n\n```text\n(?<output>.*?)\n?```$)?'
Push-Location $root
try {
    foreach ($file in Get-ChildItem "$PSScriptRoot/$Page.md" | Where-Object Name -Match '^\d\d-' | Sort-Object Name) {
        $text = [IO.File]::ReadAllText($file)
        $printed = & {
            foreach ($match in $block.Matches($text)) {
                # Dot-sourced, so that what a block defines is there for the next.
                $now = (. ([scriptblock]::Create($match.Groups['code'].Value)) 2>&1 | Out-String -Stream -Width 120 | ForEach-Object TrimEnd) -join "`n"
                [pscustomobject]@{
                    Page = $file.BaseName; Code = $match.Groups['code'].Value; IsPrinted = $match.Groups['output'].Success
                    Output = $match.Groups['output'].Value; Now = ($now -replace '\e\[[\d;]*m').Trim("`n")
                }
            }
        }
        if ($Write) {
            $queue = [Collections.Generic.Queue[object]]::new(@($printed))
            $updated = $block.Replace($text, {
                param($match)
                $one = $queue.Dequeue()
                "``````powershell`n$($one.Code)`n``````" + $(if ($one.IsPrinted) { "`n`n``````text`n$($one.Now)`n``````" })
            })
            [IO.File]::WriteAllText($file, $updated)
        }
        else { $printed }
    }
}
finally {
    Pop-Location
}
