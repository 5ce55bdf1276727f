BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $settings = $env:CNNVIS_HOME, $env:CNNVIS_MIRROR
    $env:CNNVIS_HOME = "$TestDrive/home"
    $env:CNNVIS_MIRROR = 'http://127.0.0.1:9/models'
}

AfterAll {
    $env:CNNVIS_HOME, $env:CNNVIS_MIRROR = $settings
}

Describe 'Save-CnnModel' {
    It 'tells for each network what could not be had, and goes on' {
        Save-CnnModel alexnet, resnet18 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'DownloadFailed*'
        $failures[1].Exception.Message | Should -BeLike '*resnet18-f37072fd.pth*'
    }

    It 'downloads nothing with -WhatIf' {
        $env:CNNVIS_HOME = "$TestDrive/untouched"
        Save-CnnModel resnet* -WhatIf -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        $env:CNNVIS_HOME | Should -Not -Exist
        $env:CNNVIS_HOME = "$TestDrive/home"
    }

    It 'takes what comes with the module as it is' {
        (Save-CnnModel alexnet64 -PassThru).Status | Should -Be 'Bundled'
    }

    It 'says of a name that is none what was meant' {
        { Save-CnnModel alexnut -ErrorAction Stop } | Should -Throw '*alexnet*'
    }

    It 'makes the folder for this user alone' -Skip:$IsWindows {
        Save-CnnModel alexnet -ErrorAction SilentlyContinue
        [IO.File]::GetUnixFileMode("$TestDrive/home/weights") | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
    }
}
