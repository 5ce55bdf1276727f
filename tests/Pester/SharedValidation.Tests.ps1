# The numbers of the bundled network's card, through the cmdlets, on validation images that it was never trained on. They lie beside the clone where somebody has them.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $data = "$shared/data/tiny-imagenet-100"
    $present = [System.IO.File]::Exists("$data/val.tar")
}

Describe 'The bundled network' {
    BeforeAll {
        if ($present) {
            [System.Formats.Tar.TarFile]::ExtractToDirectory("$data/val.tar", $TestDrive, $false)
            $names = @{}
            foreach ($line in [System.IO.File]::ReadLines("$data/classes.tsv")) {
                $fields = $line.Split("`t")
                $names[$fields[1]] = $fields[2]
            }
        }
    }

    BeforeEach {
        if (-not $present) { Set-ItResult -Skipped -Because "there is no $data/val.tar" }
    }

    It 'is right in at least 55 % of 5,000 validation images, and in 80 % among its five best' {
        $count = 0
        $first = 0
        $five = 0
        Get-CnnPrediction $TestDrive -Recurse -BatchSize 64 | ForEach-Object {
            $label = $names[[System.IO.Path]::GetFileName([System.IO.Path]::GetDirectoryName($_.Path))]
            $count++
            if ($_.Class -ceq $label) { $first++ }
            if ($_.Top.Name -ccontains $label) { $five++ }
        }
        $count | Should -Be 5000
        $first / $count | Should -BeGreaterOrEqual 0.55
        $five / $count | Should -BeGreaterOrEqual 0.8
    }

    It 'has hardly a filter that never fires, and no convolution among those' {
        $statistics = Measure-CnnActivation $TestDrive -Recurse -BatchSize 64
        $statistics[0].ImageCount | Should -Be 5000
        $dead = @($statistics | Where-Object { $_.Verdict -eq 'Dead' })
        $dead.Count / $statistics.Count | Should -BeLessThan 0.01
        @($dead | Where-Object { $_.Layer -notin 'relu6', 'relu7' }).Count | Should -Be 0
    }
}
